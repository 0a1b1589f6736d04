"""Redis (or Valkey): projections and counters that may vanish without a request failing."""

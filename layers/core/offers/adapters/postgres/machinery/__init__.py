"""What every repository stands on: connections, batches, keyset pages, failures as facts."""

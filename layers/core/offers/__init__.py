"""The shared domain layer of the Offers API."""

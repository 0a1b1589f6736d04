"""REST requests in, answers out."""

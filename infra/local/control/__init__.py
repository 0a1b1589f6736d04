"""The /_local/ pages and endpoints."""

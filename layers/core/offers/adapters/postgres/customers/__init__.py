"""Customers and administrators."""

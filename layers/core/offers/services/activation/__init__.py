"""Purchases, from the charge to the outcome."""

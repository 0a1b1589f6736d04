"""Balances and the ledger that explains them."""

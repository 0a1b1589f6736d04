"""Secrets that sign webhooks."""

from collections.abc import Callable

NewWebhookSecret = Callable[[], str]
"""A fresh secret of 24 to 64 random bytes, written as Standard Webhooks does: ``whsec_…``."""

"""Sealing what the store must hold and a dump of it must not tell."""

from __future__ import annotations

from typing import Protocol

from offers.domain.errors import RetryableError


class SealingKeysUnavailable(RetryableError):
    """The keys are kept outside the database and cannot be had now."""

    code = "sealing_keys_unavailable"

    def __init__(self) -> None:
        super().__init__("Secrets cannot be read or stored now.", 5)


class SealBroken(Exception):
    """Not sealed by us for this purpose, or changed since, or its key is gone. Never shows it."""


class SecretBox(Protocol):
    """Authenticated encryption under keys outside the database.

    ``purpose`` says what it is and whose, ``webhook_secret:{partner_id}``: a sealed text copied to
    another row or another column does not open there.
    """

    def seal(self, secret: bytes, purpose: str) -> str:
        """Printable ASCII, another one each time. Raises SealingKeysUnavailable."""

    def open(self, sealed: str, purpose: str) -> bytes:
        """What was sealed. Raises SealBroken or SealingKeysUnavailable."""

    def is_current(self, sealed: str) -> bool:
        """Whether it was sealed with the key that seals now; if not, seal it anew before that key
        is taken away. False for what is not sealed at all. Raises SealingKeysUnavailable.
        """

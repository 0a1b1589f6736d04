"""Argon2id with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one
lane."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from offers.adapters.passwords.common_passwords import common_passwords
from offers.domain.password import normal_form


class Argon2Passwords:
    """Implements the port ``Passwords``."""

    def __init__(self, memory_kib: int = 19_456, passes: int = 2, lanes: int = 1) -> None:
        """Weaker parameters are for tests."""
        self._hasher = PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=lanes, hash_len=32
        )
        # Nobody knows this password; comparing with it takes as long as comparing with a real one.
        self._nobody = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """A salted hash with its parameters in it."""
        return self._hasher.hash(normal_form(password))

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; with None (no such user) it takes about the same time and is False.

        Older hashes were made of what was typed, so that form is tried after the normal one.
        """
        known = password_hash or self._nobody
        forms = dict.fromkeys((normal_form(password), password))
        return any(self._is_of(known, form) for form in forms) and password_hash is not None

    def needs_rehash(self, password: str, password_hash: str) -> bool:
        """Whether the hash was made with older parameters, or not of the normal form."""
        normal = normal_form(password)
        is_of_another = normal != password and not self._is_of(password_hash, normal)
        return is_of_another or self._hasher.check_needs_rehash(password_hash)

    def is_common(self, password: str) -> bool:
        """Whether it is in the list of ``common_passwords``."""
        return password in common_passwords()

    def _is_of(self, password_hash: str, form: str) -> bool:
        try:
            return self._hasher.verify(password_hash, form)
        except (VerificationError, InvalidHashError):
            return False

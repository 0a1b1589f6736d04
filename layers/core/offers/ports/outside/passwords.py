"""Password hashing."""

from typing import Protocol


class Passwords(Protocol):
    """Argon2id (RFC 9106) or better, of a password's one normal form: what another keyboard
    composes in another way signs in too.
    """

    def hash(self, password: str) -> str:
        """A salted hash with its parameters in it."""

    def verify(self, password: str, password_hash: str | None) -> bool:
        """Compare; with None (no such user) it takes about the same time and is False."""

    def is_common(self, password: str) -> bool:
        """Whether many people use it (given in lower case), so that it is tried first."""

    def needs_rehash(self, password: str, password_hash: str) -> bool:
        """Whether the hash of this, the right password, was made with older parameters or of
        another form of it.
        """

"""New identifiers."""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> UUID:
    """Port NewId: a UUIDv7 (RFC 9562 §5.7) as a plain UUID, which every driver knows how to
    store."""
    return UUID(int=uuid7().int)

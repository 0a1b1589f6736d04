"""New identifiers."""

from collections.abc import Callable
from uuid import UUID

NewId = Callable[[], UUID]
"""A fresh UUIDv7 (RFC 9562 §5.7): unique across processes and sortable by time."""

"""New identifiers."""

from collections.abc import Callable
from uuid import UUID

from offers.domain.purchase import PurchaseIds

NewId = Callable[[], UUID]
"""A fresh UUIDv7 (RFC 9562 §5.7): unique across processes and sortable by time."""

NewToken = Callable[[], UUID]
"""122 random bits (RFC 9562 §5.4), for a link that nobody may guess."""

NewPurchaseIds = Callable[[], PurchaseIds]
"""Fresh identifiers for everything that a purchase creates; its reference is ``REF-`` and 12
characters, 60 random bits, so that nobody can guess another's."""

NewResetToken = Callable[[], str]
"""A token for a link: 256 random bits, printable."""

"""New identifiers."""

import secrets
from uuid import UUID, uuid4

from uuid6 import uuid7

from offers.domain.ids import LedgerEntryId, OutboxMessageId, SubscriptionId, TransactionId
from offers.domain.purchase import PurchaseIds

_REFERENCE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 symbols without 0/O and 1/I
_REFERENCE_LENGTH = 12


def new_id() -> UUID:
    """Port NewId: a UUIDv7 (RFC 9562 §5.7) as a plain UUID, which every driver knows how to
    store."""
    return UUID(int=uuid7().int)


def new_token() -> UUID:
    """Port NewToken."""
    return uuid4()


def new_purchase_ids() -> PurchaseIds:
    """Port NewPurchaseIds."""
    return PurchaseIds(
        TransactionId(new_id()),
        SubscriptionId(new_id()),
        LedgerEntryId(new_id()),
        OutboxMessageId(new_id()),
        _new_reference(),
    )


def _new_reference() -> str:
    letters = (secrets.choice(_REFERENCE_ALPHABET) for _ in range(_REFERENCE_LENGTH))
    return "REF-" + "".join(letters)

"""What the routes that credit an account answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors.ledger import AlreadyCredited
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.admin.ledger import credit_document, first_credit_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.services.ledger.move_credit import CreditMoved


def answer(move: Callable[[], CreditMoved], *, location: str) -> rest.Answer:
    """201 with the entry; 409 with the first one if its external reference was credited before."""
    try:
        moved = move()
    except AlreadyCredited as refused:
        first = refused.first
        return rest.refusal(refused, entry=None if first is None else first_credit_document(first))
    return rest.created(credit_document(moved.entry), location=location, is_replay=moved.is_replay)

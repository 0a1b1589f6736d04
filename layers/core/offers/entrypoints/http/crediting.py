"""What the routes that credit an account answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors.ledger import AlreadyCredited, CreditRequested
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.admin.ledger import (
    credit_document,
    credit_request_document,
    first_credit_document,
)
from offers.services.ledger.move_credit import CreditWaits

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.credit import CreditRequest
    from offers.services.ledger.move_credit import CreditMoved

PATH = "/api/v1/admin/credits"


def answer(move: Callable[[], CreditMoved | CreditWaits], *, location: str) -> rest.Answer:
    """201 with the entry, or 202 with what waits for a second administrator.

    409 has what stands under the external reference: the first entry, or what waits.
    """
    try:
        result = move()
    except AlreadyCredited as refused:
        return _credited_before(refused)
    except CreditRequested as refused:
        known = refused.request
        return rest.refusal(refused, credit=known and credit_request_document(known))
    if isinstance(result, CreditWaits):
        return rest.accepted(
            credit_request_document(result.request), location=PATH, is_replay=result.is_replay
        )
    entry = credit_document(result.entry)
    return rest.created(entry, location=location, is_replay=result.is_replay)


def decided(decide: Callable[[], CreditRequest]) -> rest.Answer:
    """200 with the credit as it is then; 409 likewise."""
    try:
        request = decide()
    except AlreadyCredited as refused:
        return _credited_before(refused)
    return rest.ok(credit_request_document(request))


def _credited_before(refused: AlreadyCredited) -> rest.Answer:
    first = refused.first
    return rest.refusal(refused, entry=first and first_credit_document(first))

"""What every movement of credit answers."""

from __future__ import annotations

from offers.entrypoints import rest
from offers.entrypoints.schemas.admin_users import credit_document
from offers.services.move_credit import CreditMoved


def moved_credit(moved: CreditMoved, owner: str) -> rest.Answer:
    """201 with the ledger entry; a replay says so."""
    answer = rest.created(credit_document(moved.entry), location=owner)
    if moved.is_replay:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer

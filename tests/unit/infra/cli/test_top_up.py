"""One row of a file of payments, as the API answers it."""

from __future__ import annotations

from typing import Any

import pytest

from infra.cli.bulk.outcomes import Became
from infra.cli.bulk.rows import Row
from infra.cli.bulk.top_up import top_up
from infra.cli.connection.http import Api
from infra.cli.errors import Refused

ADA = "01900000-0000-7000-8000-000000000001"
ENTRY = {
    "entry_id": "01900000-0000-7000-8000-0000000000e1",
    "kind": "top_up",
    "amount": "10.00",
    "currency": "EUR",
    "external_reference": "BANK 1",
    "user_id": ADA,
    "partner_id": None,
    "created_at": "2026-05-04T09:30:00Z",
    "credited_by": "anna",
}
VALUES = {
    "user_id": ADA.upper(),
    "amount": "10.00",
    "currency": "EUR",
    "external_reference": "bank 1",
}


class Credited(Api):
    """An API whose ledger has the reference."""

    def __init__(self, **entry: Any) -> None:
        super().__init__("https://example.com", dict)
        self.entry = {**ENTRY, **entry}

    def post(self, path: str, body: object, **headers: str) -> Any:
        problem = {"code": "already_credited", "detail": "Before.", "entry": self.entry}
        raise Refused.of(problem)


def test_the_same_payment_was_done_before() -> None:
    outcome = top_up(Credited(), "why")(Row(2, VALUES), "key")
    assert outcome.became is Became.DONE_BEFORE
    assert outcome.facts == {
        "reference": "bank 1",
        "at": "2026-05-04T09:30:00Z",
        "by": "anna",
        "id": ENTRY["entry_id"],
    }


@pytest.mark.parametrize(
    "other",
    [
        {"amount": "11.00"},
        {"currency": "JPY"},
        {"user_id": None, "partner_id": ADA},
        {"user_id": ENTRY["entry_id"]},
        {"kind": "adjustment"},
    ],
)
def test_a_reference_of_another_payment_is_no_success(other: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"is another payment: .* on 2026-05-04.* by anna"):
        top_up(Credited(**other), "why")(Row(2, VALUES), "key")


def test_a_row_must_name_a_user() -> None:
    for user in ({"user_id": "", "username": ""}, {"user_id": "ada"}):
        with pytest.raises(Refused):
            top_up(Credited(), "why")(Row(2, {**VALUES, **user}), "key")

"""Top-ups from a file: external_reference, username or user_id, amount, currency, and optionally
reason."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infra.cli import lookups
from infra.cli.bulk.outcomes import Became, Outcome
from infra.cli.bulk.payments import Payments
from infra.cli.bulk.start import Manner, run
from infra.cli.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from infra.cli.bulk.rows import Row
    from infra.cli.bulk.run import Act
    from infra.cli.connection.http import Api
    from infra.cli.connection.target import Target

ACCOUNT = ("username|user_id",)
REFERENCE = "external_reference"
REMEMBERED_USERS = 10_000


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that do not say otherwise."""

    reason: str
    currency: str | None


def top_up_all(target: Target, file: Path, defaults: Defaults, manner: Manner) -> None:
    """Each payment once, whoever runs whatever file. Raises as ``start.run`` does."""
    payments = Payments.of(file, ACCOUNT, REFERENCE, defaults.currency)
    act = top_up(target.api, defaults.reason or f"Bulk top-up {file.name}")
    run(payments, target.api.url, act, manner)


def top_up(api: Api, reason: str) -> Act:
    """Does one row."""

    @lru_cache(maxsize=REMEMBERED_USERS)
    def id_of(username: str) -> str:
        return lookups.user_id(api, username)

    def act(row: Row, key: str) -> Outcome:
        values = row.values
        user_id = values.get("user_id") or id_of(_named(values.get("username")))
        if not lookups.is_id(user_id):
            message = f"{user_id!r} is not a user id."
            raise Refused(message, "bad_row")
        body = {
            "kind": "top_up",
            "amount": values["amount"],
            "currency": values["currency"],
            REFERENCE: values[REFERENCE],
            "reason": values.get("reason") or reason,
        }
        payment = {**body, "user_id": str(UUID(user_id))}
        try:
            answer = api.post(f"/admin/users/{user_id}/credits", body, **{"Idempotency-Key": key})
        except Refused as refused:
            if refused.code == "already_requested" and refused.problem.get("credit"):
                return _waits(_the_same(refused.problem["credit"], payment, refused.code))
            return _done_before(refused, payment)
        return _waits(answer) if answer.get("status") == "pending" else Outcome()

    return act


def _done_before(refused: Refused, payment: dict[str, str]) -> Outcome:
    """If the ledger has this very payment. Raises Refused if its reference names another one."""
    entry: dict[str, Any] = refused.problem.get("entry") or {}
    if refused.code != "already_credited" or not entry:
        raise refused
    _the_same(entry, payment, refused.code)
    return Outcome(
        Became.DONE_BEFORE,
        {
            "reference": payment[REFERENCE],
            "at": entry["created_at"],
            "by": entry["credited_by"],
            "id": entry["entry_id"],
        },
    )


def _waits(credit: dict[str, Any]) -> Outcome:
    return Outcome(
        Became.WAITING,
        {
            "reference": credit[REFERENCE],
            "at": credit["created_at"],
            "by": credit["requested_by"],
            "id": credit["id"],
        },
    )


def _the_same(known: dict[str, Any], payment: dict[str, str], code: str) -> dict[str, Any]:
    if any(known[name] != payment[name] for name in ("kind", "amount", "currency", "user_id")):
        message = (
            f"{payment[REFERENCE]} is another payment: {known['amount']} {known['currency']} to "
            f"{known['user_id'] or known['partner_id']} on {known['created_at']} by "
            f"{known.get('credited_by') or known['requested_by']}."
        )
        raise Refused(message, code)
    return known


def _named(username: str | None) -> str:
    if not username:
        message = "The row names no user."
        raise Refused(message, "bad_row")
    return username

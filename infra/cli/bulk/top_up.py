"""Top-ups from a file: username or user_id, amount, and optionally currency and reason."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from infra.cli import lookups
from infra.cli.bulk.report import conclude, watched
from infra.cli.bulk.run import Act, BulkRun
from infra.cli.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from infra.cli.bulk.rows import Row
    from infra.cli.connection.http import Api
    from infra.cli.connection.target import Target

NEEDED = ("username|user_id", "amount")
REMEMBERED_USERS = 10_000


def top_up_all(target: Target, file: Path, reason: str, concurrency: int, *, is_json: bool) -> None:
    """Each row once, however often the file is run. Raises Refused if any row was rejected."""
    act = top_up(target.api, reason or f"Bulk top-up {file.name}")
    with watched(file) as progress:
        summary = BulkRun(file, NEEDED, act, concurrency, progress)()
    conclude(summary, is_json=is_json)


def top_up(api: Api, reason: str) -> Act:
    """Does one row."""

    @lru_cache(maxsize=REMEMBERED_USERS)
    def id_of(username: str) -> str:
        return lookups.user_id(api, username)

    def act(row: Row, key: str) -> None:
        values = row.values
        user_id = values.get("user_id") or id_of(_named(values.get("username")))
        if not lookups.is_id(user_id):
            message = f"{user_id!r} is not a user id."
            raise Refused(message, "bad_row")
        body = {
            "kind": "top_up",
            "amount": values["amount"],
            "reason": values.get("reason") or reason,
        }
        if values.get("currency"):
            body["currency"] = values["currency"]
        api.post(f"/admin/users/{user_id}/credits", body, **{"Idempotency-Key": key})

    return act


def _named(username: str | None) -> str:
    if not username:
        message = "The row names no user."
        raise Refused(message, "bad_row")
    return username

"""A partner's orders from a file: user_id, offer_id, amount, and optionally currency and
partner_reference."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from infra.cli.bulk.report import conclude, watched
from infra.cli.bulk.run import Act, BulkRun
from infra.cli.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from infra.cli.bulk.rows import Row
    from infra.cli.connection.http import Api
    from infra.cli.connection.target import Target

NEEDED = ("user_id", "offer_id", "amount")
OPTIONAL = ("currency", "partner_reference")
KEY = "OFFERS_PARTNER_KEY"


def activate_all(target: Target, file: Path, concurrency: int, *, is_json: bool) -> None:
    """Each row once, however often the file is run. Raises Refused if any row was rejected."""
    act = activate(target.api_with_key(_partner_key(is_local=target.is_local)))
    with watched(file) as progress:
        summary = BulkRun(file, NEEDED, act, concurrency, progress)()
    conclude(summary, is_json=is_json)


def activate(api: Api) -> Act:
    """Orders one row. ``partner_reference`` makes an order unique; a row without one gets its
    idempotency key.
    """

    def act(row: Row, key: str) -> None:
        wanted = (*NEEDED, *OPTIONAL)
        body = {name: row.values[name] for name in wanted if row.values.get(name)}
        api.post("/partner/activate", {"partner_reference": key, **body})

    return act


def _partner_key(*, is_local: bool) -> str:
    if key := os.environ.get(KEY):
        return key
    if is_local:
        from infra.local.seed.people import PARTNER_API_KEY

        return PARTNER_API_KEY
    if not sys.stdin.isatty():
        message = f"Set {KEY}: there is no terminal to ask for the partner's key."
        raise WrongUse(message)
    return getpass.getpass("API key of the partner: ")

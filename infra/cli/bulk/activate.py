"""A partner's orders from a file: partner_reference, user_id, offer_id, amount and currency."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from infra.cli.bulk.outcomes import Became, Outcome
from infra.cli.bulk.payments import Payments
from infra.cli.bulk.start import Manner, run
from infra.cli.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from infra.cli.bulk.rows import Row
    from infra.cli.bulk.run import Act
    from infra.cli.connection.http import Api
    from infra.cli.connection.target import Target

ORDER = ("user_id", "offer_id")
REFERENCE = "partner_reference"
SENT = (*ORDER, "amount", "currency", REFERENCE)
KEY = "OFFERS_PARTNER_KEY"


def activate_all(target: Target, file: Path, currency: str | None, manner: Manner) -> None:
    """Each order once, whoever runs whatever file. Raises as ``start.run`` does."""
    payments = Payments.of(file, ORDER, REFERENCE, currency)
    api = target.api_with_key(_partner_key(is_local=target.is_local))
    run(payments, api.url, activate(api), manner)


def activate(api: Api) -> Act:
    """Orders one row; its ``partner_reference`` makes an order unique for ever."""

    def act(row: Row, _key: str) -> Outcome:
        order = {name: row.values[name] for name in SENT}
        answer = api.call("POST", "/partner/activate", order, is_repeatable=True)
        if not answer.is_replay:
            return Outcome()
        facts = {"reference": order[REFERENCE], "id": answer.document["transaction_id"]}
        return Outcome(Became.DONE_BEFORE, facts)

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

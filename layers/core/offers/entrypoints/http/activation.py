"""What every accepted purchase answers and measures."""

from __future__ import annotations

from offers.domain.transaction import Transaction
from offers.entrypoints import telemetry
from offers.entrypoints.http import incoming, rest
from offers.entrypoints.http.schemas.activation import accepted_document, status_url_of
from offers.entrypoints.metric_names import Metric

POLL_AFTER_SECONDS = 1


def accepted(transaction: Transaction, *, is_replay: bool) -> rest.Answer:
    """202 with where to follow it; only the first answer to a purchase is counted."""
    telemetry.about_transaction(transaction.id)
    if not is_replay:
        count_purchase(transaction)
    return rest.accepted(
        accepted_document(transaction, incoming.mounted(status_url_of(transaction))),
        location=status_url_of(transaction),
        etag=rest.entity_tag(transaction.version),
        retry_after_seconds=POLL_AFTER_SECONDS,
        is_replay=is_replay,
    )


def count_purchase(transaction: Transaction) -> None:
    """Measure an accepted purchase."""
    kind, amount = transaction.kind, transaction.amount
    telemetry.measure(Metric.ACTIVATIONS_ACCEPTED, kind=kind)
    telemetry.measure(Metric.AMOUNT_CHARGED, float(amount.amount), currency=amount.currency)


def poll_after(transaction: Transaction) -> int | None:
    """Seconds until it is worth asking again; None once it has ended."""
    return None if transaction.status.is_terminal else POLL_AFTER_SECONDS

"""What the partner routes have in common: whose things they handle, what they measure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from offers.domain.errors.partners import ActivationLimitReached, CreditLimitReached
from offers.domain.partner import Partner
from offers.entrypoints import telemetry
from offers.entrypoints.http import rest
from offers.entrypoints.http.activation import POLL_AFTER_SECONDS, count_purchase
from offers.entrypoints.http.schemas.partners import VALIDATE_PATH, accepted_order_document
from offers.entrypoints.metric_names import Metric
from offers.services.partners.activate_for_partner import AcceptedForPartner


def owner(partner: Partner) -> str:
    """Whom cursors and idempotency keys belong to: the partner, whichever of its keys it uses."""
    return f"partner:{partner.id}"


@contextmanager
def measured(partner: Partner) -> Iterator[None]:
    """Count what a partner is refused because of its own limits."""
    try:
        yield
    except (CreditLimitReached, ActivationLimitReached) as refusal:
        telemetry.measure(Metric.PARTNER_REFUSALS, partner=partner.name, code=refusal.code)
        raise


def accepted(partner: Partner, result: AcceptedForPartner) -> rest.Answer:
    """202 with where to ask about it; only the first answer to an order is counted."""
    transaction, credit = result.transaction, result.credit_left
    telemetry.about_transaction(transaction.id)
    if credit is not None:
        count_purchase(transaction)
        telemetry.measure(Metric.PARTNER_ACTIVATIONS, partner=partner.name)
        telemetry.measure(
            Metric.PARTNER_CREDIT_LEFT,
            float(credit.amount),
            partner=partner.name,
            currency=credit.currency,
        )
    return rest.accepted(
        accepted_order_document(transaction),
        location=f"{VALIDATE_PATH}/{transaction.reference}",
        retry_after_seconds=POLL_AFTER_SECONDS,
        is_replay=result.is_replay,
    )

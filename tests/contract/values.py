"""Domain values that the suites of tests/contract and tests/integration hand to the adapters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from offers.domain.ids import (
    NotificationId,
    OutboxMessageId,
    PartnerId,
    TransactionId,
    UserId,
    WebhookDeliveryId,
)
from offers.domain.messages import ActivationRequested, CustomerEmail, WebhookDue
from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.transaction import Channel, Failure, Transaction, TransactionStatus
from offers.ports.outside.provisioning import OrderKind, ProvisioningOrder
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from offers.domain.messages import Outgoing
    from offers.domain.subscription import Subscription


def a_transaction(**changes: Any) -> Transaction:
    """An activation that was just accepted."""
    user = factories.a_customer()
    account = factories.an_account(user, "100.00")
    fresh = factories.a_purchase(user, account, factories.an_offer()).transaction
    return replace(fresh, **changes)


def a_full_transaction() -> Transaction:
    """Every optional field set at once, which no real transaction has."""
    return a_transaction(
        channel=Channel.PARTNER,
        status=TransactionStatus.FAILED,
        version=7,
        attempts=3,
        turned_away=2,
        attention_reason="no answer",
        lease_until=NOW + timedelta(seconds=60),
        partner_id=PartnerId(factories.new_id()),
        partner_reference="their-1",
        period_start=NOW - timedelta(days=3),
        provisioning_reference="PRV-1",
        failure=Failure("address_not_served", "Not served: “Île 5”."),
        completed_at=NOW + timedelta(seconds=5),
    )


def a_subscription(**changes: Any) -> Subscription:
    """Active for 30 days from NOW."""
    user = factories.a_customer()
    account = factories.an_account(user, "100.00")
    pending = factories.a_purchase(user, account, factories.an_offer()).subscription
    return replace(pending.activate(30, NOW), **changes)


def a_message(topic: Topic = Topic.ACTIVATION, **changes: Any) -> OutboxMessage:
    """A message that is due."""
    message = OutboxMessage(
        id=OutboxMessageId(factories.new_id()),
        content=_content(topic),
        created_at=NOW,
        deliver_at=NOW,
    )
    return replace(message, **changes)


def _content(topic: Topic) -> Outgoing:
    match topic:
        case Topic.ACTIVATION:
            return ActivationRequested(TransactionId(factories.new_id()))
        case Topic.NOTIFICATION:
            return an_email()
        case Topic.WEBHOOK:
            return WebhookDue(WebhookDeliveryId(factories.new_id()), 1)


def an_email(**changes: Any) -> CustomerEmail:
    """A rendered one."""
    notification_id = NotificationId(factories.new_id())
    email = CustomerEmail(notification_id, "ada@example.com", "Hello", "Hello.", "<p>Hello.</p>")
    return replace(email, **changes)


def an_order(**changes: Any) -> ProvisioningOrder:
    """An activation of 30 days."""
    order = ProvisioningOrder(
        operation_id=TransactionId(factories.new_id()),
        user_id=UserId(factories.new_id()),
        offer_code="FIBRE-500",
        kind=OrderKind.ACTIVATION,
        expires_at=NOW + timedelta(days=30),
    )
    return replace(order, **changes)

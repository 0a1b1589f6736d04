"""Every metric this system emits, with its unit and dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Unit(StrEnum):
    """Units CloudWatch knows (of those in use here)."""

    COUNT = "Count"
    MILLISECONDS = "Milliseconds"
    SECONDS = "Seconds"
    NONE = "None"


@dataclass(frozen=True, slots=True)
class MetricType:
    """``dimensions`` are always all given, after ``service``."""

    name: str
    unit: Unit = Unit.COUNT
    dimensions: tuple[str, ...] = ()


class Metric(Enum):
    """The registry."""

    # clients
    REQUESTS = MetricType("Requests", dimensions=("route",))
    CLIENT_ERRORS = MetricType("ClientErrors", dimensions=("route",))
    SERVER_ERRORS = MetricType("ServerErrors", dimensions=("route",))
    REQUEST_DURATION = MetricType("RequestDuration", Unit.MILLISECONDS, ("route",))
    LOGINS = MetricType("Logins", dimensions=("outcome",))
    # activation pipeline
    ACTIVATIONS_ACCEPTED = MetricType("ActivationsAccepted", dimensions=("kind",))
    ACTIVATIONS_SUCCEEDED = MetricType("ActivationsSucceeded", dimensions=("kind",))
    ACTIVATIONS_FAILED = MetricType("ActivationsFailed", dimensions=("kind",))
    ACTIVATIONS_POSTPONED = MetricType("ActivationsPostponed")
    ACTIVATIONS_UNKNOWN = MetricType("ActivationsUnknown")
    TIME_TO_TERMINAL = MetricType("TimeToTerminal", Unit.SECONDS, ("kind",))
    ATTENTION_REQUIRED = MetricType("AttentionRequired")
    OUTBOX_RELAYED = MetricType("OutboxRelayed")
    OUTBOX_POSTPONED = MetricType("OutboxPostponed")
    MESSAGES_PROCESSED = MetricType("MessagesProcessed", dimensions=("queue",))
    MESSAGES_FAILED = MetricType("MessagesFailed", dimensions=("queue",))
    # money, in major units of the currency
    AMOUNT_CHARGED = MetricType("AmountCharged", Unit.NONE, ("currency",))
    AMOUNT_REFUNDED = MetricType("AmountRefunded", Unit.NONE, ("currency",))
    LEDGER_BREACHES = MetricType("LedgerBreaches", dimensions=("rule",))
    # notifications
    EMAILS_SENT = MetricType("EmailsSent", dimensions=("notice",))
    EMAILS_FAILED = MetricType("EmailsFailed", dimensions=("notice",))
    ADDRESSES_MARKED = MetricType("AddressesMarked", dimensions=("status",))
    # the life of subscriptions
    SUBSCRIPTIONS_DUE = MetricType("SubscriptionsDue", dimensions=("task",))
    SUBSCRIPTION_STEPS = MetricType("SubscriptionSteps", dimensions=("step",))
    # partners; credit in major units of the currency
    PARTNER_ACTIVATIONS = MetricType("PartnerActivations", dimensions=("partner",))
    PARTNER_REFUSALS = MetricType("PartnerRefusals", dimensions=("partner", "code"))
    PARTNER_CREDIT_LEFT = MetricType("PartnerCreditLeft", Unit.NONE, ("partner", "currency"))
    WEBHOOK_CALLS = MetricType("WebhookCalls", dimensions=("outcome",))
    WEBHOOK_DELIVERIES = MetricType("WebhookDeliveries", dimensions=("step",))
    # schedules
    SCHEDULED_RUN_DURATION = MetricType("ScheduledRunDuration", Unit.MILLISECONDS, ("schedule",))
    SCHEDULED_RUN_FAILURES = MetricType("ScheduledRunFailures", dimensions=("schedule",))

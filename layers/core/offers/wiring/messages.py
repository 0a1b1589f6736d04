"""What goes out: queues, emails, webhooks, the provisioning system, API Gateway."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from offers.wiring import aws, environment, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.apigateway.api_keys import ApiGatewayKeys
    from offers.adapters.emails.writer import JinjaEmailWriter
    from offers.adapters.provisioning.breaking import BreakingProvisioning
    from offers.adapters.ses.sender import SesEmailSender
    from offers.adapters.sqs.lifecycle_queue import SqsLifecycleQueue
    from offers.adapters.sqs.outcomes import SqsOutcomeReports
    from offers.adapters.sqs.queues import SqsMessageQueues
    from offers.adapters.sqs.visibility import SqsVisibility
    from offers.adapters.webhooks.event_writer import JsonWebhookWriter
    from offers.adapters.webhooks.http_sender import HttpWebhookSender
    from offers.adapters.webhooks.signer import StandardWebhookSigner
    from offers.domain.webhook_url import WebhookRules
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import MessageQueues
    from offers.services.health.check_readiness import Probe


def queues(clock: Clock) -> SqsMessageQueues:
    """The queues of the outbox's topics."""
    from offers.adapters.sqs.queues import SqsMessageQueues
    from offers.domain.outbox import Topic

    urls = settings.OutboxQueueSettings.read(os.environ)
    by_topic = {
        Topic.ACTIVATION: urls.activation,
        Topic.NOTIFICATION: urls.notification,
        Topic.WEBHOOK: urls.webhook,
    }
    return SqsMessageQueues(aws.client("sqs"), by_topic, clock)


def queue_answers(queues: MessageQueues) -> Probe:
    """Whether SQS can be reached."""
    from offers.domain.outbox import Topic

    return lambda: queues.backlog(Topic.ACTIVATION) is not None


def lifecycle_queue() -> SqsLifecycleQueue:
    """From the sweeps to the workers."""
    from offers.adapters.sqs.lifecycle_queue import SqsLifecycleQueue

    url = settings.queue_url(os.environ, "LIFECYCLE_QUEUE_URL")
    return SqsLifecycleQueue(aws.client("sqs"), url)


def outcomes() -> SqsOutcomeReports:
    """The way back from functions without a database."""
    from offers.adapters.sqs.outcomes import SqsOutcomeReports

    url = settings.queue_url(os.environ, "OUTCOME_QUEUE_URL")
    return SqsOutcomeReports(aws.client("sqs"), url)


def activation_visibility() -> SqsVisibility:
    """Back-off on the activation queue."""
    return _visibility("ACTIVATION_QUEUE_URL")


def dead_letter_visibility() -> SqsVisibility:
    """Back-off on the activation dead-letter queue."""
    return _visibility("ACTIVATION_DEAD_LETTER_QUEUE_URL")


def notification_visibility() -> SqsVisibility:
    """Back-off on the notification queue."""
    return _visibility("NOTIFICATION_QUEUE_URL")


def outcome_visibility() -> SqsVisibility:
    """Back-off on the outcome queue."""
    return _visibility("OUTCOME_QUEUE_URL")


def lifecycle_visibility() -> SqsVisibility:
    """What was too late to begin goes back to the lifecycle queue at once."""
    return _visibility("LIFECYCLE_QUEUE_URL")


def _visibility(variable: str) -> SqsVisibility:
    from offers.adapters.sqs.visibility import SqsVisibility

    return SqsVisibility(aws.client("sqs"), settings.queue_url(os.environ, variable))


def provisioning() -> BreakingProvisioning:
    """The provider's provisioning system, not asked for a while when it is away."""
    from offers.adapters.provisioning.breaking import BreakingProvisioning
    from offers.adapters.provisioning.http import HttpProvisioning

    system = settings.ProvisioningSettings.read(os.environ)
    http = HttpProvisioning(
        system.url, timeout_seconds=system.timeout_seconds, token=_token(system.secret_id)
    )
    return BreakingProvisioning(http)


def _token(secret_id: str | None) -> Callable[[], str] | None:
    if secret_id is None:
        return None
    return lambda: str(aws.secret(secret_id)()["token"])


def email_writer() -> JinjaEmailWriter:
    """Words for notices."""
    from offers.adapters.emails.writer import JinjaEmailWriter

    return JinjaEmailWriter()


def email_sender() -> SesEmailSender:
    """Amazon SES."""
    from offers.adapters.ses.sender import SesEmailSender

    mail = settings.EmailSettings.read(os.environ)
    return SesEmailSender(aws.client("sesv2"), mail.sender, mail.configuration_set or "")


def webhook_sender(webhook_rules: WebhookRules) -> HttpWebhookSender:
    """Calls partners."""
    from offers.adapters.webhooks.http_sender import HttpWebhookSender

    return HttpWebhookSender(webhook_rules)


def webhook_writer() -> JsonWebhookWriter:
    """Events as JSON."""
    from offers.adapters.webhooks.event_writer import JsonWebhookWriter

    return JsonWebhookWriter()


def webhook_signer() -> StandardWebhookSigner:
    """Standard Webhooks."""
    from offers.adapters.webhooks.signer import StandardWebhookSigner

    return StandardWebhookSigner()


def api_keys() -> ApiGatewayKeys:
    """Partners' keys at the gateway."""
    from offers.adapters.apigateway.api_keys import ApiGatewayKeys

    prefix = environment.required(os.environ, "USAGE_PLAN_PREFIX")
    return ApiGatewayKeys(aws.client("apigateway"), prefix)

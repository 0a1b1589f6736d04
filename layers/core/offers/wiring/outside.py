"""The adapters: everything that reaches out of the process."""

from __future__ import annotations

import os
from functools import cache, partial
from typing import TYPE_CHECKING

from offers.entrypoints import settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from sqlalchemy import Engine

    from offers.adapters.aws import ClientFactory
    from offers.adapters.clock.system_clock import SystemClock
    from offers.adapters.emails.writer import JinjaEmailWriter
    from offers.adapters.postgres.store import PostgresStore
    from offers.adapters.provisioning.breaking import BreakingProvisioning
    from offers.adapters.redis.client import RedisServer
    from offers.adapters.redis.status_store import RedisTransactionStatusStore
    from offers.adapters.secrets.json_secret import JsonSecret
    from offers.adapters.ses.sender import SesEmailSender
    from offers.adapters.sqs.outcomes import SqsOutcomeReports
    from offers.adapters.sqs.visibility import SqsVisibility
    from offers.adapters.webhooks.signing_queues import SigningQueues
    from offers.ports.store import Work


def aws(service: str) -> ClientFactory:
    """Makes the client of an AWS service when something must be sent."""
    from offers.adapters.aws import aws_client

    return partial(aws_client, service)


@cache
def clock() -> SystemClock:
    """Now; moved by the laptop stack only."""
    from offers.adapters.clock.system_clock import SystemClock

    return SystemClock(settings.RuntimeSettings.read(os.environ).clock_offset_file)


def new_id() -> UUID:
    """A fresh UUIDv7."""
    from offers.adapters.clock.ids import new_id

    return new_id()


@cache
def secret(secret_id: str) -> JsonSecret:
    """A JSON secret, fetched on first use and then every few minutes."""
    from offers.adapters.secrets.json_secret import JsonSecret

    return JsonSecret(aws("secretsmanager"), secret_id)


def _credentials(secret_id: str) -> tuple[str, str]:
    fields = secret(secret_id)()
    return fields["username"], fields["password"]


@cache
def engine() -> Engine:
    """The database, connected to on first use."""
    from offers.adapters.postgres.engine import make_engine

    database = settings.DatabaseSettings.read(os.environ)
    if database.secret_id is None:
        return make_engine(database.url)
    return make_engine(database.url, partial(_credentials, database.secret_id))


@cache
def store() -> PostgresStore:
    """The truth."""
    from offers.adapters.postgres.store import PostgresStore

    return PostgresStore(engine())


def unit_of_work() -> AbstractContextManager[Work]:
    """Port UnitOfWork; loads the database driver on the first call, not before."""
    return store().unit_of_work()


def reading() -> AbstractContextManager[Work]:
    """Port Reading; likewise."""
    return store().reading()


@cache
def redis() -> RedisServer:
    """The projections' server, behind one breaker."""
    from offers.adapters.redis.client import RedisServer

    return RedisServer(settings.RedisSettings.read(os.environ).url)


@cache
def status() -> RedisTransactionStatusStore:
    """The status projection."""
    from offers.adapters.redis.status_store import RedisTransactionStatusStore

    return RedisTransactionStatusStore(redis())


@cache
def queues() -> SigningQueues:
    """The queues of the outbox's topics; webhooks are signed on their way there."""
    from offers.adapters.sqs.queues import SqsMessageQueues
    from offers.adapters.webhooks.signing_queues import SigningQueues
    from offers.domain.outbox import Topic

    urls = settings.OutboxQueueSettings.read(os.environ)
    by_topic = {
        Topic.ACTIVATION: urls.activation,
        Topic.NOTIFICATION: urls.notification,
        Topic.WEBHOOK: urls.webhook,
    }
    return SigningQueues(SqsMessageQueues(aws("sqs"), by_topic, clock()), reading, clock())


@cache
def outcomes() -> SqsOutcomeReports:
    """The way back from functions without a database."""
    from offers.adapters.sqs.outcomes import SqsOutcomeReports

    return SqsOutcomeReports(aws("sqs"), settings.queue_url(os.environ, "OUTCOME_QUEUE_URL"))


@cache
def activation_visibility() -> SqsVisibility:
    """Back-off on the activation queue."""
    return _visibility("ACTIVATION_QUEUE_URL")


@cache
def dead_letter_visibility() -> SqsVisibility:
    """Back-off on the activation dead-letter queue."""
    return _visibility("ACTIVATION_DEAD_LETTER_QUEUE_URL")


def _visibility(variable: str) -> SqsVisibility:
    from offers.adapters.sqs.visibility import SqsVisibility

    return SqsVisibility(aws("sqs"), settings.queue_url(os.environ, variable))


@cache
def provisioning() -> BreakingProvisioning:
    """The provider's provisioning system, not asked for a while when it is away."""
    from offers.adapters.provisioning.breaking import BreakingProvisioning
    from offers.adapters.provisioning.http import HttpProvisioning

    system = settings.ProvisioningSettings.read(os.environ)
    return BreakingProvisioning(
        HttpProvisioning(system.url, timeout_seconds=system.timeout_seconds)
    )


SECONDS_FOR_THE_DATABASE = 10
"""What the units of work around a call may take when the database is slow."""


@cache
def seconds_for_one_activation() -> float:
    """The longest that the work on one transaction may take: one call, and the database."""
    system = settings.ProvisioningSettings.read(os.environ)
    return system.timeout_seconds + SECONDS_FOR_THE_DATABASE


@cache
def email_writer() -> JinjaEmailWriter:
    """Words for notices."""
    from offers.adapters.emails.writer import JinjaEmailWriter

    return JinjaEmailWriter()


@cache
def email_sender() -> SesEmailSender:
    """Amazon SES."""
    from offers.adapters.ses.sender import SesEmailSender

    mail = settings.EmailSettings.read(os.environ)
    return SesEmailSender(aws("sesv2"), mail.sender, mail.configuration_set or "")

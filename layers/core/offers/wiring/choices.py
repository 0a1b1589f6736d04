"""Time, identifiers, and what a stage chooses by its settings."""

from __future__ import annotations

import os
import secrets
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from offers.wiring import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.clock.system_clock import SystemClock
    from offers.domain.credit import FourEyes
    from offers.domain.renewal import RenewalRules
    from offers.domain.webhook_url import WebhookRules
    from offers.ports.chance import Chance
    from offers.ports.ids import NewId, NewPurchaseIds, NewResetToken, NewToken
    from offers.ports.outside.time_zones import ZoneOf
    from offers.ports.outside.webhook_secrets import NewWebhookSecret
    from offers.services.notifications.unsubscribe_links import UnsubscribeLinks
    from offers.services.passwords.reset_links import ResetLinks

SECONDS_FOR_THE_DATABASE = 10
"""What the units of work around a call may take when the database is slow."""


def clock() -> SystemClock:
    """Now; moved by the laptop stack only."""
    from offers.adapters.clock.system_clock import SystemClock

    return SystemClock(settings.RuntimeSettings.read(os.environ).clock_offset_file)


def wall_clock() -> SystemClock:
    """Now for everybody else: never moved, for what others compare with their own clocks."""
    from offers.adapters.clock.system_clock import SystemClock

    return SystemClock()


def new_id() -> NewId:
    """Fresh UUIDv7s."""
    from offers.adapters.clock.ids import new_id

    return new_id


def new_token() -> NewToken:
    """Fresh UUIDv4s."""
    from offers.adapters.clock.ids import new_token

    return new_token


def new_purchase_ids() -> NewPurchaseIds:
    """Fresh identifiers and references for purchases."""
    from offers.adapters.clock.ids import new_purchase_ids

    return new_purchase_ids


def chance() -> Chance:
    """Asks the system each time: processes that start from one snapshot must not agree."""
    return secrets.SystemRandom().random


def zone_of() -> ZoneOf:
    """IANA time zones by name."""
    from offers.adapters.clock.time_zones import zone_of

    return zone_of


def new_webhook_secret() -> NewWebhookSecret:
    """Fresh secrets that sign webhooks."""
    from offers.adapters.webhooks.new_secret import new_webhook_secret

    return new_webhook_secret


def new_reset_token() -> NewResetToken:
    """Fresh tokens for links."""
    return partial(secrets.token_urlsafe, 32)


def sleep() -> Callable[[float], None]:
    """Waits some seconds."""
    return time.sleep


def seconds_for_one_activation() -> float:
    """The longest that the work on one transaction may take: one call, and the database."""
    system = settings.ProvisioningSettings.read(os.environ)
    return system.timeout_seconds + SECONDS_FOR_THE_DATABASE


def renewal_rules() -> RenewalRules:
    """When a renewal is tried first, and how long after the end of a period."""
    from offers.domain.renewal import RenewalRules

    chosen = settings.LifecycleSettings.read(os.environ)
    return RenewalRules(
        lead=timedelta(hours=chosen.renew_hours_before), grace=timedelta(days=chosen.grace_days)
    )


def reminder_days() -> tuple[int, ...]:
    """How many days before the end reminders are sent."""
    return settings.LifecycleSettings.read(os.environ).reminder_days


def unsubscribe_links() -> UnsubscribeLinks:
    """Links that switch reminders off."""
    from offers.services.notifications.unsubscribe_links import UnsubscribeLinks

    return UnsubscribeLinks(settings.EmailSettings.read(os.environ).public_url)


def webhook_rules() -> WebhookRules:
    """Where webhooks may go; in the laptop stack anywhere."""
    from offers.domain.webhook_url import WebhookRules

    chosen = settings.WebhookSettings.read(os.environ)
    return WebhookRules(chosen.ports, chosen.allows_private)


def reset_links() -> ResetLinks:
    """Links to the page where a password is chosen anew."""
    from offers.services.passwords.reset_links import ResetLinks

    return ResetLinks(settings.EmailSettings.read(os.environ).public_url)


def four_eyes() -> FourEyes:
    """Which credits wait for a second administrator."""
    from offers.domain.credit import FourEyes

    chosen = settings.FourEyesSettings.read(os.environ)
    return FourEyes(chosen.otherwise, chosen.above)

"""What time does to subscriptions."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from offers.entrypoints import settings
from offers.wiring import outside
from offers.wiring.customers import dispatch_messages

if TYPE_CHECKING:
    from offers.adapters.sqs.lifecycle_queue import SqsLifecycleQueue
    from offers.domain.renewal import RenewalRules
    from offers.services.advance_subscription import AdvanceSubscription
    from offers.services.change_reminders import ChangeReminders, FindReminders
    from offers.services.deactivate_service import DeactivateService
    from offers.services.expire_subscription import ExpireSubscription
    from offers.services.notify_user import NotifyUser
    from offers.services.record_bounce import RecordBounce
    from offers.services.remind_subscriber import RemindSubscriber
    from offers.services.renew_automatically import RenewAutomatically
    from offers.services.sweep_subscriptions import ExpireAndRenew, RemindExpiring


def _settings() -> settings.LifecycleSettings:
    return settings.LifecycleSettings.read(os.environ)


@cache
def _rules() -> RenewalRules:
    from offers.domain.renewal import RenewalRules

    chosen = _settings()
    return RenewalRules(
        lead=timedelta(hours=chosen.renew_hours_before), grace=timedelta(days=chosen.grace_days)
    )


@cache
def _queue() -> SqsLifecycleQueue:
    from offers.adapters.sqs.lifecycle_queue import SqsLifecycleQueue

    return SqsLifecycleQueue(
        outside.aws("sqs"), settings.queue_url(os.environ, "LIFECYCLE_QUEUE_URL")
    )


@cache
def _notify_user() -> NotifyUser:
    from offers.services.notify_user import NotifyUser

    return NotifyUser(outside.email_writer(), outside.new_id)


@cache
def remind_expiring() -> RemindExpiring:
    """The daily sweep."""
    from offers.services.sweep_subscriptions import RemindExpiring

    return RemindExpiring(outside.reading, _queue(), outside.clock(), _settings().reminder_days)


@cache
def expire_and_renew() -> ExpireAndRenew:
    """The sweep of every few minutes."""
    from offers.services.sweep_subscriptions import ExpireAndRenew

    return ExpireAndRenew(outside.reading, _queue(), outside.clock(), _rules())


@cache
def advance_subscription() -> AdvanceSubscription:
    """One message from the lifecycle queue."""
    from offers.services.advance_subscription import AdvanceSubscription

    return AdvanceSubscription(
        remind=_remind_subscriber(),
        renew=_renew_automatically(),
        expire=_expire_subscription(),
        deactivate=_deactivate_service(),
    )


@cache
def _remind_subscriber() -> RemindSubscriber:
    from offers.services.remind_subscriber import RemindSubscriber
    from offers.services.unsubscribe_links import UnsubscribeLinks

    return RemindSubscriber(
        unit_of_work=outside.unit_of_work,
        notify=_notify_user(),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
        links=UnsubscribeLinks(settings.EmailSettings.read(os.environ).public_url),
        rules=_rules(),
        days=_settings().reminder_days,
    )


@cache
def _renew_automatically() -> RenewAutomatically:
    from offers.services.announce_unpaid import AnnounceUnpaid
    from offers.services.renew_automatically import RenewAutomatically

    return RenewAutomatically(
        unit_of_work=outside.unit_of_work,
        status=outside.status(),
        announce_unpaid=AnnounceUnpaid(_notify_user(), outside.new_id, _rules()),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
        rules=_rules(),
    )


@cache
def _expire_subscription() -> ExpireSubscription:
    from offers.services.expire_subscription import ExpireSubscription

    return ExpireSubscription(
        unit_of_work=outside.unit_of_work,
        notify=_notify_user(),
        dispatch=dispatch_messages(),
        deactivate=_deactivate_service(),
        clock=outside.clock(),
        new_id=outside.new_id,
        rules=_rules(),
    )


@cache
def _deactivate_service() -> DeactivateService:
    from offers.services.deactivate_service import DeactivateService

    return DeactivateService(outside.unit_of_work, outside.provisioning(), outside.clock())


@cache
def find_reminders() -> FindReminders:
    """GET /notifications/unsubscribe."""
    from offers.services.change_reminders import FindReminders

    return FindReminders(outside.reading)


@cache
def change_reminders() -> ChangeReminders:
    """POST /notifications/unsubscribe."""
    from offers.services.change_reminders import ChangeReminders

    return ChangeReminders(outside.unit_of_work, outside.clock())


@cache
def record_bounce() -> RecordBounce:
    """What SES says of an address."""
    from offers.services.record_bounce import RecordBounce

    return RecordBounce(outside.unit_of_work)

"""What partners order, and what they are told."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from offers.entrypoints import settings
from offers.wiring import outside
from offers.wiring.customers import dispatch_messages

if TYPE_CHECKING:
    from offers.services.activate_for_partner import ActivateForPartner
    from offers.services.deliver_webhook import DeliverWebhook
    from offers.services.follow_partner_orders import ValidateReference
    from offers.services.identify_partner import IdentifyPartner
    from offers.services.list_webhook_deliveries import (
        ListWebhookDeliveries,
        ReplayWebhookDelivery,
    )
    from offers.services.record_webhook_outcome import RecordWebhookOutcome


@cache
def identify_partner() -> IdentifyPartner:
    """Whose API key it is."""
    from offers.services.identify_partner import IdentifyPartner

    return IdentifyPartner(outside.reading)


@cache
def activate_for_partner() -> ActivateForPartner:
    """POST /partner/activate."""
    from offers.services.activate_for_partner import ActivateForPartner

    return ActivateForPartner(
        unit_of_work=outside.unit_of_work,
        status=outside.status(),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def validate_reference() -> ValidateReference:
    """GET /partner/validate/{reference}."""
    from offers.services.follow_partner_orders import ValidateReference

    return ValidateReference(outside.reading)


@cache
def list_webhook_deliveries() -> ListWebhookDeliveries:
    """GET /partner/webhooks/deliveries."""
    from offers.services.list_webhook_deliveries import ListWebhookDeliveries

    return ListWebhookDeliveries(outside.reading)


@cache
def replay_webhook_delivery() -> ReplayWebhookDelivery:
    """POST /partner/webhooks/deliveries/{id}/replay."""
    from offers.services.list_webhook_deliveries import ReplayWebhookDelivery

    return ReplayWebhookDelivery(
        outside.unit_of_work, dispatch_messages(), outside.clock(), outside.new_id
    )


@cache
def deliver_webhook() -> DeliverWebhook:
    """Makes one call."""
    from offers.adapters.webhooks.http_sender import HttpWebhookSender
    from offers.services.deliver_webhook import DeliverWebhook

    allows_private = settings.WebhookSettings.read(os.environ).allows_private
    sender = HttpWebhookSender(allows_private=allows_private)
    return DeliverWebhook(sender, outside.outcomes(), outside.clock())


@cache
def record_webhook_outcome() -> RecordWebhookOutcome:
    """Records one call's outcome."""
    from offers.services.disable_webhook import DisableWebhook
    from offers.services.record_webhook_outcome import RecordWebhookOutcome

    return RecordWebhookOutcome(
        unit_of_work=outside.unit_of_work,
        dispatch=dispatch_messages(),
        disable=DisableWebhook(outside.email_writer(), outside.new_id),
        clock=outside.clock(),
        new_id=outside.new_id,
    )

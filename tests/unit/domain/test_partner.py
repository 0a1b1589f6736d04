"""Partners: keys, limits, webhook settings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offers.domain.errors.partners import CreditLimitBelowDebt, TooManyApiKeys
from offers.domain.errors.webhooks import WebhookNotConfigured
from offers.domain.partner import UsagePlan, require_room_for_key, with_credit_limit
from offers.domain.partner_usage import ActivationLimits
from tests.factories import NOW, money
from tests.partner_factories import a_credit_account, a_partner, an_api_key, an_endpoint

LATER = NOW + timedelta(hours=1)


def test_every_change_is_the_next_version() -> None:
    partner = a_partner()
    limits = ActivationLimits(per_minute=1, per_day=2)

    changed = (
        partner.deactivate(LATER)
        .activate(LATER)
        .with_contact("new@partner.example.com", LATER)
        .with_limits(limits, LATER)
        .with_usage_plan(UsagePlan.PREMIUM, LATER)
        .with_webhook(an_endpoint(), LATER)
    )

    assert changed.version == partner.version + 6
    assert changed.updated_at == LATER
    assert changed.is_active
    assert changed.contact_email == "new@partner.example.com"
    assert (changed.limits, changed.usage_plan) == (limits, UsagePlan.PREMIUM)
    assert not partner.deactivate(LATER).is_active


def test_two_keys_are_valid_during_a_rotation_and_no_third() -> None:
    partner = a_partner()
    keys = [an_api_key(partner), an_api_key(partner)]

    require_room_for_key(keys[:1])
    with pytest.raises(TooManyApiKeys):
        require_room_for_key(keys)
    require_room_for_key([keys[0].revoke(LATER), keys[1]])


def test_a_revoked_key_keeps_the_time_of_its_revocation() -> None:
    revoked = an_api_key(a_partner()).revoke(NOW)

    assert not revoked.is_valid
    assert revoked.revoke(LATER).revoked_at == NOW


def test_a_secret_is_rotated_with_two_valid() -> None:
    partner = a_partner(webhook=an_endpoint(secret="whsec_b2xk"))

    webhook = partner.rotate_webhook_secret("whsec_bmV3", timedelta(hours=2), NOW).webhook

    assert webhook is not None
    assert webhook.signing_secrets(NOW) == ("whsec_bmV3", "whsec_b2xk")
    assert webhook.signing_secrets(NOW + timedelta(hours=2)) == ("whsec_bmV3",)


def test_without_a_webhook_there_is_nothing_to_rotate_or_enable() -> None:
    with pytest.raises(WebhookNotConfigured):
        a_partner().rotate_webhook_secret("whsec_bmV3", timedelta(hours=2), NOW)
    with pytest.raises(WebhookNotConfigured):
        a_partner().enable_webhook(NOW)


def test_an_enabled_webhook_starts_with_a_clean_record() -> None:
    broken = an_endpoint(failing_since=NOW, disabled_at=LATER)

    webhook = a_partner(webhook=broken).enable_webhook(LATER).webhook

    assert webhook is not None
    assert webhook.is_enabled
    assert webhook.failing_since is None
    moved = broken.move("https://new.example.com/")
    assert (moved.url, moved.is_enabled) == ("https://new.example.com/", True)


def test_secrets_do_not_show_in_logs() -> None:
    webhook = an_endpoint(previous_secret="whsec_b2xk")

    assert webhook.secret not in repr(a_partner(webhook=webhook))
    assert "whsec_" not in repr(webhook)


def test_a_credit_limit_covers_what_is_owed() -> None:
    account = a_credit_account(a_partner(), limit="100.00", balance="-60.00")

    assert with_credit_limit(account, money("60.00"), LATER).available == money("0.00")
    with pytest.raises(CreditLimitBelowDebt):
        with_credit_limit(account, money("59.99"), LATER)

"""Partners: keys, limits, webhook settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from offers.domain.changes import REMOVE
from offers.domain.errors.partners import CreditLimitBelowDebt, TooManyApiKeys
from offers.domain.errors.webhooks import WebhookNotConfigured
from offers.domain.partner import UsagePlan, require_room_for_key, with_credit_limit
from offers.domain.partner_changes import PartnerChanges
from offers.domain.partner_usage import ActivationLimits
from offers.domain.webhook import SECRET_OVERLAP
from tests.factories import NOW, money
from tests.partner_factories import URL, a_credit_account, a_partner, an_api_key, an_endpoint

LATER = NOW + timedelta(hours=1)
NEW = "whsec_bmV3"
ENABLED = PartnerChanges(enables_webhook=True)


def test_all_changes_make_one_next_version() -> None:
    partner = a_partner()
    changes = PartnerChanges(
        is_active=False,
        contact_email="new@partner.example.com",
        usage_plan=UsagePlan.PREMIUM,
        activations_per_minute=1,
        activations_per_day=2,
        webhook_url=URL,
    )

    changed = partner.change(changes, NEW, LATER)

    assert (changed.version, changed.updated_at) == (partner.version + 1, LATER)
    assert not changed.is_active
    assert changed.contact_email == "new@partner.example.com"
    assert (changed.limits, changed.usage_plan) == (ActivationLimits(1, 2), UsagePlan.PREMIUM)
    assert changed.webhook == an_endpoint(url=URL, secret=NEW)


def test_what_is_not_named_stays() -> None:
    partner = a_partner(webhook=an_endpoint())
    version = partner.version + 1
    assert partner.change(PartnerChanges(), NEW, LATER) == replace(
        partner, version=version, updated_at=LATER
    )


def test_a_webhook_is_taken_away() -> None:
    partner = a_partner(webhook=an_endpoint())
    assert partner.change(PartnerChanges(webhook_url=REMOVE), NEW, LATER).webhook is None


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

    webhook = partner.change(PartnerChanges(rotates_webhook_secret=True), NEW, NOW).webhook

    assert webhook is not None
    assert webhook.signing_secrets(NOW) == (NEW, "whsec_b2xk")
    assert webhook.signing_secrets(NOW + SECRET_OVERLAP) == (NEW,)


def test_a_first_secret_has_none_before_it() -> None:
    changes = PartnerChanges(webhook_url=URL, rotates_webhook_secret=True)

    webhook = a_partner().change(changes, NEW, NOW).webhook

    assert webhook is not None
    assert webhook.signing_secrets(NOW) == (NEW,)


def test_without_a_webhook_there_is_nothing_to_rotate_or_enable() -> None:
    with pytest.raises(WebhookNotConfigured):
        a_partner().change(PartnerChanges(rotates_webhook_secret=True), NEW, NOW)
    with pytest.raises(WebhookNotConfigured):
        a_partner().change(PartnerChanges(enables_webhook=True), NEW, NOW)


def test_an_enabled_webhook_starts_with_a_clean_record() -> None:
    broken = an_endpoint(failing_since=NOW, disabled_at=LATER)

    webhook = a_partner(webhook=broken).change(ENABLED, NEW, LATER).webhook

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

    assert with_credit_limit(account, "60.00", LATER).available == money("0.00")
    with pytest.raises(CreditLimitBelowDebt):
        with_credit_limit(account, "59.99", LATER)

"""What administrators do. Handlers import this module itself, so that no customer's function loads
it."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from offers.entrypoints import settings
from offers.wiring import background, outside
from offers.wiring.catalogue import catalogue_cache

if TYPE_CHECKING:
    from offers.adapters.apigateway.api_keys import ApiGatewayKeys
    from offers.services.change_offer import ChangeOffer
    from offers.services.change_partner import ChangePartner
    from offers.services.create_administrator import CreateAdministrator
    from offers.services.create_offer import CreateOffer
    from offers.services.create_partner import CreatePartner
    from offers.services.create_user import CreateUser
    from offers.services.issue_partner_key import IssuePartnerKey
    from offers.services.move_credit import MoveCredit
    from offers.services.record_ledger_verification import RecordLedgerVerification
    from offers.services.resolve_by_operator import ResolveByOperator
    from offers.services.revoke_partner_key import RevokePartnerKey
    from offers.services.search_administration import (
        LatestLedgerVerification,
        ListAuditEvents,
        SearchOffers,
        SearchTransactions,
        SearchUsers,
        TellTransaction,
    )
    from offers.services.search_partners import SearchPartners
    from offers.services.set_user_active import SetUserActive

new_id = outside.new_id
clock = outside.clock


@cache
def create_offer() -> CreateOffer:
    """POST /admin/offers."""
    from offers.services.create_offer import CreateOffer

    return CreateOffer(outside.unit_of_work, catalogue_cache(), outside.new_id)


@cache
def change_offer() -> ChangeOffer:
    """PATCH /admin/offers/{id}."""
    from offers.services.change_offer import ChangeOffer

    return ChangeOffer(outside.unit_of_work, catalogue_cache(), outside.clock(), outside.new_id)


@cache
def search_offers() -> SearchOffers:
    """GET /admin/offers."""
    from offers.services.search_administration import SearchOffers

    return SearchOffers(outside.reading)


@cache
def create_user() -> CreateUser:
    """POST /admin/users."""
    from offers.adapters.passwords.argon2_passwords import Argon2Passwords
    from offers.services.create_user import CreateUser

    return CreateUser(outside.unit_of_work, Argon2Passwords(), outside.clock(), outside.new_id)


@cache
def create_administrator() -> CreateAdministrator:
    """Invoked with IAM."""
    from offers.services.create_administrator import CreateAdministrator

    return CreateAdministrator(outside.unit_of_work, create_user())


@cache
def set_user_active() -> SetUserActive:
    """PATCH /admin/users/{id}."""
    from offers.services.set_user_active import SetUserActive

    return SetUserActive(outside.unit_of_work, outside.clock(), outside.new_id)


@cache
def search_users() -> SearchUsers:
    """GET /admin/users."""
    from offers.services.search_administration import SearchUsers

    return SearchUsers(outside.reading)


@cache
def move_credit() -> MoveCredit:
    """POST /admin/users/{id}/credits."""
    from offers.services.move_credit import MoveCredit

    return MoveCredit(outside.unit_of_work, outside.clock(), outside.new_id)


@cache
def search_transactions() -> SearchTransactions:
    """GET /admin/transactions."""
    from offers.services.search_administration import SearchTransactions

    return SearchTransactions(outside.reading)


@cache
def tell_transaction() -> TellTransaction:
    """GET /admin/transactions/{id}."""
    from offers.services.search_administration import TellTransaction

    return TellTransaction(outside.reading)


@cache
def resolve_by_operator() -> ResolveByOperator:
    """POST /admin/transactions/{id}/resolve."""
    from offers.services.resolve_by_operator import ResolveByOperator

    return ResolveByOperator(
        reading=outside.reading,
        claim=background.claim_transaction(),
        settle=background.settle_transaction(),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def record_ledger_verification() -> RecordLedgerVerification:
    """The scheduled proof of the ledger."""
    from offers.services.record_ledger_verification import RecordLedgerVerification

    return RecordLedgerVerification(
        background.verify_ledger(), outside.unit_of_work, outside.new_id
    )


@cache
def latest_ledger_verification() -> LatestLedgerVerification:
    """GET /admin/ledger/verification."""
    from offers.services.search_administration import LatestLedgerVerification

    return LatestLedgerVerification(outside.reading, background.verify_ledger())


@cache
def list_audit_events() -> ListAuditEvents:
    """GET /admin/audit."""
    from offers.services.search_administration import ListAuditEvents

    return ListAuditEvents(outside.reading)


@cache
def _api_keys() -> ApiGatewayKeys:
    from offers.adapters.apigateway.api_keys import ApiGatewayKeys

    prefix = settings.required(os.environ, "USAGE_PLAN_PREFIX")
    return ApiGatewayKeys(outside.aws("apigateway"), prefix)


def _allows_private_webhooks() -> bool:
    stage = settings.RuntimeSettings.read(os.environ).stage
    return stage is settings.Stage.LOCAL


@cache
def create_partner() -> CreatePartner:
    """POST /admin/partners."""
    from offers.services.create_partner import CreatePartner

    return CreatePartner(
        outside.unit_of_work,
        outside.clock(),
        outside.new_id,
        allows_private_webhooks=_allows_private_webhooks(),
    )


@cache
def change_partner() -> ChangePartner:
    """PATCH /admin/partners/{id}."""
    from offers.services.change_partner import ChangePartner

    return ChangePartner(
        outside.unit_of_work,
        _api_keys(),
        outside.clock(),
        outside.new_id,
        allows_private_webhooks=_allows_private_webhooks(),
    )


@cache
def search_partners() -> SearchPartners:
    """GET /admin/partners."""
    from offers.services.search_partners import SearchPartners

    return SearchPartners(outside.reading)


@cache
def issue_partner_key() -> IssuePartnerKey:
    """POST /admin/partners/{id}/keys."""
    from offers.services.issue_partner_key import IssuePartnerKey

    return IssuePartnerKey(outside.unit_of_work, _api_keys(), outside.clock(), outside.new_id)


@cache
def revoke_partner_key() -> RevokePartnerKey:
    """DELETE /admin/partners/{id}/keys/{key_id}."""
    from offers.services.revoke_partner_key import RevokePartnerKey

    return RevokePartnerKey(outside.unit_of_work, _api_keys(), outside.clock(), outside.new_id)

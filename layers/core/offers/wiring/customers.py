"""What customers do with their money and their subscriptions."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from offers.wiring import outside

if TYPE_CHECKING:
    from offers.services.change_subscription import CancelSubscription, SetAutoRenew
    from offers.services.dispatch_messages import DispatchMessages
    from offers.services.get_balance import GetBalance
    from offers.services.get_profile import GetProfile
    from offers.services.get_transaction_status import GetTransactionStatus
    from offers.services.list_subscriptions import ListExpiring, ListSubscriptions
    from offers.services.list_transactions import GetTransaction, ListTransactions
    from offers.services.renew_subscription import RenewSubscription
    from offers.services.request_activation import RequestActivation


@cache
def dispatch_messages() -> DispatchMessages:
    """Sends what was just committed."""
    from offers.services.dispatch_messages import DispatchMessages

    return DispatchMessages(outside.queues(), outside.unit_of_work)


@cache
def request_activation() -> RequestActivation:
    """POST /activation."""
    from offers.services.request_activation import RequestActivation

    return RequestActivation(
        unit_of_work=outside.unit_of_work,
        status=outside.status(),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def renew_subscription() -> RenewSubscription:
    """POST /offers/renew."""
    from offers.services.renew_subscription import RenewSubscription

    return RenewSubscription(
        unit_of_work=outside.unit_of_work,
        status=outside.status(),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def get_transaction_status() -> GetTransactionStatus:
    """GET /activation/status/{id}."""
    from offers.services.get_transaction_status import GetTransactionStatus

    return GetTransactionStatus(outside.status(), outside.reading, time.sleep)


@cache
def get_transaction() -> GetTransaction:
    """GET /account/transactions/{id}."""
    from offers.services.list_transactions import GetTransaction

    return GetTransaction(outside.reading)


@cache
def list_transactions() -> ListTransactions:
    """GET /account/transactions."""
    from offers.services.list_transactions import ListTransactions

    return ListTransactions(outside.reading)


@cache
def list_subscriptions() -> ListSubscriptions:
    """GET /account/subscriptions."""
    from offers.services.list_subscriptions import ListSubscriptions

    return ListSubscriptions(outside.reading)


@cache
def list_expiring() -> ListExpiring:
    """GET /offers/expiring."""
    from offers.services.list_subscriptions import ListExpiring

    return ListExpiring(outside.reading, outside.clock())


@cache
def set_auto_renew() -> SetAutoRenew:
    """PATCH /account/subscriptions/{id}."""
    from offers.services.change_subscription import SetAutoRenew

    return SetAutoRenew(outside.unit_of_work, outside.clock())


@cache
def cancel_subscription() -> CancelSubscription:
    """POST /account/subscriptions/{id}/cancel."""
    from offers.services.change_subscription import CancelSubscription

    return CancelSubscription(outside.unit_of_work, outside.clock())


@cache
def get_balance() -> GetBalance:
    """GET /account/balance."""
    from offers.services.get_balance import GetBalance

    return GetBalance(outside.reading)


@cache
def get_profile() -> GetProfile:
    """GET /auth/profile."""
    from offers.services.get_profile import GetProfile

    return GetProfile(outside.reading)

"""Which adapter stands behind which port: the only place that knows.

Every provider makes its object once, on first use, and imports what it needs only then, so that a
function loads no more than it uses. Functions call ``wiring.request_activation()(…)``.
"""

from offers.wiring.background import (
    claim_transaction,
    deliver_notification,
    process_activation,
    prune_expired,
    reconcile_activations,
    record_outcome,
    recover_transaction,
    relay_outbox,
    settle_transaction,
    verify_ledger,
)
from offers.wiring.catalogue import get_offer, list_offers
from offers.wiring.customers import (
    cancel_subscription,
    get_balance,
    get_profile,
    get_transaction,
    get_transaction_status,
    list_expiring,
    list_subscriptions,
    list_transactions,
    renew_subscription,
    request_activation,
    set_auto_renew,
)
from offers.wiring.outside import (
    activation_visibility,
    clock,
    dead_letter_visibility,
    engine,
    reading,
    unit_of_work,
)
from offers.wiring.readiness import check_readiness
from offers.wiring.sessions import (
    access_tokens,
    authorize_caller,
    log_in,
    log_out,
    refresh_session,
)

__all__ = [
    "access_tokens",
    "activation_visibility",
    "authorize_caller",
    "cancel_subscription",
    "check_readiness",
    "claim_transaction",
    "clock",
    "dead_letter_visibility",
    "deliver_notification",
    "engine",
    "get_balance",
    "get_offer",
    "get_profile",
    "get_transaction",
    "get_transaction_status",
    "list_expiring",
    "list_offers",
    "list_subscriptions",
    "list_transactions",
    "log_in",
    "log_out",
    "process_activation",
    "prune_expired",
    "reading",
    "reconcile_activations",
    "record_outcome",
    "recover_transaction",
    "refresh_session",
    "relay_outbox",
    "renew_subscription",
    "request_activation",
    "set_auto_renew",
    "settle_transaction",
    "unit_of_work",
    "verify_ledger",
]

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
from offers.wiring.lifecycle import (
    advance_subscription,
    change_reminders,
    expire_and_renew,
    find_reminders,
    record_bounce,
    remind_expiring,
)
from offers.wiring.outside import (
    activation_visibility,
    clock,
    dead_letter_visibility,
    engine,
    reading,
    seconds_for_one_activation,
    unit_of_work,
)
from offers.wiring.partners import (
    activate_for_partner,
    deliver_webhook,
    identify_partner,
    list_webhook_deliveries,
    record_webhook_outcome,
    replay_webhook_delivery,
    validate_reference,
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
    "activate_for_partner",
    "activation_visibility",
    "advance_subscription",
    "authorize_caller",
    "cancel_subscription",
    "change_reminders",
    "check_readiness",
    "claim_transaction",
    "clock",
    "dead_letter_visibility",
    "deliver_notification",
    "deliver_webhook",
    "engine",
    "expire_and_renew",
    "find_reminders",
    "get_balance",
    "get_offer",
    "get_profile",
    "get_transaction",
    "get_transaction_status",
    "identify_partner",
    "list_expiring",
    "list_offers",
    "list_subscriptions",
    "list_transactions",
    "list_webhook_deliveries",
    "log_in",
    "log_out",
    "process_activation",
    "prune_expired",
    "reading",
    "reconcile_activations",
    "record_bounce",
    "record_outcome",
    "record_webhook_outcome",
    "recover_transaction",
    "refresh_session",
    "relay_outbox",
    "remind_expiring",
    "renew_subscription",
    "replay_webhook_delivery",
    "request_activation",
    "seconds_for_one_activation",
    "set_auto_renew",
    "settle_transaction",
    "unit_of_work",
    "validate_reference",
    "verify_ledger",
]

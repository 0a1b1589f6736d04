"""What queues and schedules set off."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from offers.wiring import outside
from offers.wiring.customers import dispatch_messages

if TYPE_CHECKING:
    from offers.services.claim_transaction import ClaimTransaction
    from offers.services.deliver_notification import DeliverNotification
    from offers.services.process_activation import ProcessActivation
    from offers.services.prune_expired import PruneExpired
    from offers.services.reconcile_activations import ReconcileActivations
    from offers.services.record_outcome import RecordOutcome
    from offers.services.recover_transaction import RecoverTransaction
    from offers.services.relay_outbox import RelayOutbox
    from offers.services.requeue_transaction import RequeueTransaction
    from offers.services.resolve_transaction import ResolveTransaction
    from offers.services.settle_transaction import SettleTransaction
    from offers.services.verify_ledger import VerifyLedger


@cache
def claim_transaction() -> ClaimTransaction:
    """Holds a transaction while it is worked on."""
    from offers.services.claim_transaction import ClaimTransaction

    return ClaimTransaction(outside.unit_of_work, outside.status(), outside.clock())


@cache
def settle_transaction() -> SettleTransaction:
    """Extends or refunds."""
    from offers.services.announce_outcome import AnnounceOutcome
    from offers.services.settle_transaction import SettleTransaction

    return SettleTransaction(
        unit_of_work=outside.unit_of_work,
        status=outside.status(),
        announce=AnnounceOutcome(outside.email_writer(), outside.new_id),
        dispatch=dispatch_messages(),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def _requeue_transaction() -> RequeueTransaction:
    from offers.services.requeue_transaction import RequeueTransaction

    return RequeueTransaction(
        claim_transaction(), dispatch_messages(), outside.clock(), outside.new_id
    )


@cache
def resolve_transaction() -> ResolveTransaction:
    """Asks the provisioning system what happened."""
    from offers.services.resolve_transaction import ResolveTransaction

    return ResolveTransaction(
        claim_transaction(), outside.provisioning(), settle_transaction(), outside.clock()
    )


@cache
def process_activation() -> ProcessActivation:
    """One delivery from the activation queue."""
    from offers.services.process_activation import ProcessActivation

    return ProcessActivation(
        claim=claim_transaction(),
        provisioning=outside.provisioning(),
        settle=settle_transaction(),
        requeue=_requeue_transaction(),
        resolve=resolve_transaction(),
        clock=outside.clock(),
    )


@cache
def recover_transaction() -> RecoverTransaction:
    """One dead letter, or one transaction that stands still."""
    from offers.services.recover_transaction import RecoverTransaction

    return RecoverTransaction(
        reading=outside.reading,
        claim=claim_transaction(),
        requeue=_requeue_transaction(),
        resolve=resolve_transaction(),
        clock=outside.clock(),
    )


@cache
def reconcile_activations() -> ReconcileActivations:
    """Finds what stands still."""
    from offers.services.reconcile_activations import ReconcileActivations

    return ReconcileActivations(
        outside.reading, outside.queues(), recover_transaction(), outside.clock()
    )


@cache
def relay_outbox() -> RelayOutbox:
    """Sends what was left behind."""
    from offers.services.relay_outbox import RelayOutbox

    return RelayOutbox(outside.unit_of_work, outside.queues(), outside.clock())


@cache
def prune_expired() -> PruneExpired:
    """Forgets."""
    from offers.services.prune_expired import PruneExpired

    return PruneExpired(outside.unit_of_work, outside.clock())


@cache
def verify_ledger() -> VerifyLedger:
    """Proves promise 1."""
    from offers.services.verify_ledger import VerifyLedger

    return VerifyLedger(outside.reading, outside.clock())


@cache
def deliver_notification() -> DeliverNotification:
    """Sends one email."""
    from offers.services.deliver_notification import DeliverNotification

    return DeliverNotification(outside.email_sender(), outside.outcomes(), outside.clock())


@cache
def record_outcome() -> RecordOutcome:
    """Records one delivery's outcome."""
    from offers.services.record_outcome import RecordOutcome

    return RecordOutcome(outside.unit_of_work)

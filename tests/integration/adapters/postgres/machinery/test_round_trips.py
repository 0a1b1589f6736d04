"""How often the store talks to the server (DESIGN §6)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import NotificationId
from offers.domain.notification import NotificationStatus
from offers.domain.outcome import Activated, Refused
from offers.domain.partner_order import PartnerOrder
from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.claim_transaction import ClaimTransaction
from offers.services.activation.purchases import store_purchase
from offers.services.activation.request_activation import RequestActivation
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.partners.activate_for_partner import ActivateForPartner
from offers.wiring import Maker
from tests.factories import NOW, a_purchase, new_id, purchase_ids
from tests.fakes.email import FakeEmailWriter
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.partner_factories import a_credit_account, a_partner

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.ending import Verdict
    from tests.seed import Seed
    from tests.wire import Wire

pytestmark = pytest.mark.integration


def test_accepting_with_a_key_takes_four_and_five_with_the_outbox(
    seed: Seed, watched: PostgresStore, wire: Wire
) -> None:
    user, offer = seed.a_customer(), seed.an_offer()
    ids = purchase_ids()

    with watched.unit_of_work() as work:
        work.idempotency.claimed_before(
            IdempotencyKey("user", "key", "print"), ids.transaction, NOW
        )
        account = work.accounts.lock_for_user(user.id)
        purchase = a_purchase(user, account, work.offers.get(offer.id), ids=ids)
        store_purchase(work, purchase)
    assert len(wire.queries) == 4
    with watched.reading() as store:
        store.outbox.delete((purchase.message,))

    assert len(wire.queries) == 5
    assert wire.queries[0].startswith("BEGIN;")
    assert wire.queries[3].endswith("COMMIT")
    assert wire.queries[4].startswith("DELETE")


def test_a_replay_takes_three(seed: Seed, watched: PostgresStore, wire: Wire) -> None:
    user, offer = seed.a_customer(), seed.an_offer()
    purchase = seed.a_purchase(user, offer)
    key = IdempotencyKey("user", "key", "print")
    with watched.unit_of_work() as work:
        work.idempotency.claimed_before(key, purchase.transaction.id, NOW)
    wire.queries.clear()

    with watched.unit_of_work() as work:
        assert work.idempotency.claimed_before(key, new_id(), NOW) == purchase.transaction.id
        work.transactions.get(purchase.transaction.id)

    assert len(wire.queries) == 3


def test_settling_takes_four(seed: Seed, watched: PostgresStore, wire: Wire) -> None:
    purchase = seed.a_purchase(seed.a_customer(), seed.an_offer())

    with watched.unit_of_work() as work:
        work.accounts.lock(purchase.account.id)
        transaction = work.transactions.lock(purchase.transaction.id)
        subscription = work.subscriptions.lock(purchase.subscription.id)
        work.transactions.save(transaction.succeed("P-1", NOW))
        work.subscriptions.save(subscription.activate(30, NOW))

    assert len(wire.queries) == 4


@pytest.mark.parametrize("verdict", [Activated("P-1"), Refused("no_line", "No line.")])
@pytest.mark.parametrize("by_partner", [False, True])
def test_settling_holds_the_payers_row_for_two_reads_and_the_commit(
    seed: Seed, watched: PostgresStore, wire: Wire, *, by_partner: bool, verdict: Verdict
) -> None:
    make = Maker(
        unit_of_work=watched.unit_of_work,
        reading=watched.reading,
        queues=FakeQueues(),
        status=FakeStatusStore(),
        email_writer=FakeEmailWriter(),
        clock=lambda: NOW,
    )
    user, offer = seed.a_customer(), seed.an_offer()
    if by_partner:
        partner = a_partner()
        with watched.unit_of_work() as work:
            work.partners.add(partner, a_credit_account(partner, "100.00"))
        order = PartnerOrder(user.id, offer.id, offer.price.amount, None, None)
        accepted = make(ActivateForPartner)(partner.id, order).transaction
    else:
        accepted = make(RequestActivation)(user.id, offer.id).transaction
    claimed = make(ClaimTransaction)(accepted.id)
    settle = make(SettleTransaction)
    wire.queries.clear()

    assert settle(claimed, verdict).is_new

    locked = next(n for n, each in enumerate(wire.queries) if each.startswith("BEGIN;"))
    committed = next(n for n, each in enumerate(wire.queries) if each.endswith("COMMIT"))
    assert "FOR NO KEY UPDATE" in wire.queries[locked]
    assert committed - locked == 3
    assert locked == (4 if by_partner else 3), "what is told is read before"


def test_a_unit_of_writes_alone_takes_one(seed: Seed, watched: PostgresStore, wire: Wire) -> None:
    user = seed.a_customer()

    with watched.unit_of_work() as work:
        work.users.save_password_hash(user.id, "first; SELECT '%s' \\ '")
        work.users.save_password_hash(user.id, "'); DROP TABLE users; --")

    assert len(wire.queries) == 1
    with watched.reading() as store:
        assert store.users.get(user.id).password_hash == "'); DROP TABLE users; --"


def test_a_unit_that_does_nothing_takes_none(watched: PostgresStore, wire: Wire) -> None:
    with watched.unit_of_work():
        pass

    assert wire.queries == []


def test_an_exception_before_the_first_statement_takes_none(
    watched: PostgresStore, wire: Wire
) -> None:
    with pytest.raises(LookupError), watched.unit_of_work():
        raise LookupError

    assert wire.queries == []


def test_every_reading_takes_one(seed: Seed, watched: PostgresStore, wire: Wire) -> None:
    user, offer = seed.a_customer(), seed.an_offer()
    purchase = seed.a_purchase(user, offer)
    page = PageRequest()
    with watched.reading() as store:
        questions = (
            lambda: store.users.get(user.id),
            lambda: store.sessions.find_claimant(user.sign_in_name, b""),
            lambda: store.accounts.of_user(user.id),
            lambda: store.offers.get(offer.id),
            lambda: store.offers.page(OfferQuery(search="offer"), page),
            lambda: store.subscriptions.view(purchase.subscription.id),
            lambda: store.subscriptions.page(user.id, None, page),
            lambda: store.subscriptions.page_expiring(user.id, NOW, page),
            lambda: store.transactions.get(purchase.transaction.id),
            lambda: store.transactions.page(TransactionQuery(user.id), page),
            lambda: store.transactions.unsettled_since(NOW, 10),
            lambda: store.outbox.take_due(NOW, 10, NOW + timedelta(minutes=1)),
            lambda: store.outbox.delete((purchase.message,)),
            lambda: store.notifications.settle(
                NotificationId(new_id()), NotificationStatus.SENT, NOW, ""
            ),
            lambda: store.idempotency.delete_before(NOW, 10),
            lambda: store.sessions.delete_expired_tokens(NOW, 10),
            lambda: store.sessions.delete_ended(NOW, 10),
        )
        for ask in questions:
            wire.queries.clear()
            ask()
            assert len(wire.queries) == 1, wire.queries
            assert "BEGIN" not in wire.queries[0]

    wire.queries.clear()
    with watched.reading() as store:
        store.users.get(user.id)
    assert len(wire.queries) == 1, "taking and returning the connection asks nothing"

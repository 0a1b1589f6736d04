"""Every statement is compiled once: the second round of every story takes all of them from
SQLAlchemy's cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from offers.domain.idempotency import IdempotencyKey
from offers.domain.outcome import Activated, Refused
from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.claim_transaction import ClaimTransaction
from offers.services.activation.request_activation import RequestActivation
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.activation.views import ListTransactions
from offers.services.catalogue.list_offers import ListOffers
from offers.services.ledger.views import GetBalance
from offers.services.outbox.relay_outbox import RelayOutbox
from offers.services.subscriptions.views import ListSubscriptions
from offers.wiring import Maker
from tests.factories import new_id
from tests.fakes.catalogue_cache import FakeCatalogueCache
from tests.fakes.clock import FakeClock
from tests.fakes.email import FakeEmailWriter
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Engine

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration


def test_no_statement_is_compiled_in_the_second_round(
    seed: Seed, store: PostgresStore, engine: Engine
) -> None:
    clock = FakeClock()
    make = Maker(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        clock=clock,
        catalogue_cache=FakeCatalogueCache(),
        queues=FakeQueues(),
        status=FakeStatusStore(),
        email_writer=FakeEmailWriter(),
    )
    offer = seed.an_offer()
    compiled: list[str] = []

    def round_of_stories() -> None:
        user = seed.a_customer("100.00")
        key = IdempotencyKey(str(user.id), "key", "print")
        for verdict in (Refused("no_line", "There is no line."), Activated("P-1")):
            accepted = make(RequestActivation)(user.id, offer.id, key)
            claimed = make(ClaimTransaction)(accepted.transaction.id)
            make(SettleTransaction)(claimed, verdict)
            key = IdempotencyKey(str(user.id), str(new_id()), "print")
        make(GetBalance)(user.id)
        make(ListOffers)(OfferQuery(search=str(user.id)), PageRequest())
        make(ListTransactions)(TransactionQuery(user.id), PageRequest())
        make(ListSubscriptions)(user.id, None, PageRequest())
        make(RelayOutbox)(lambda: True)

    round_of_stories()

    @event.listens_for(engine, "before_cursor_execute")
    def _(*sent: Any) -> None:
        statement, context = sent[2], sent[4]
        if context.compiled is not None and context.cache_hit is not CacheStats.CACHE_HIT:
            compiled.append(statement)

    round_of_stories()

    assert compiled == []

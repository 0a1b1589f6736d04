"""Whatever a request holds, every route answers it or says what is wrong with it: over the real
database, which is what refuses what validation let through."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

import pytest
import uuid6
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import offers.wiring
from infra.openapi.build import ROOT, load_app
from infra.openapi.handlers import routed_files
from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
from offers.adapters.tokens.key_ring import KeyRing
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from offers.domain.credit import FourEyes
from offers.domain.user import Role
from offers.domain.webhook_url import WebhookRules
from offers.entrypoints.http import rest
from offers.services.passwords.reset_links import ResetLinks
from offers.wiring import Maker
from tests.factories import NOW
from tests.fakes.api_keys import FakeApiKeys
from tests.fakes.catalogue_cache import FakeCatalogueCache
from tests.fakes.clock import FakeClock
from tests.fakes.denylist import FakeDenylist
from tests.fakes.login_throttle import NoLoginThrottle
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.fakes.waiting_room import FakeWaitingRoom
from tests.integration.sessions.keys import a_secret
from tests.integration.worlds.administration import PlainPasswords
from tests.partner_factories import a_credit_account, a_partner, an_api_key
from tests.unit.entrypoints.http.calling import AUTHORIZER, an_event, call

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.api_gateway import Route

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration

TAKES_NOTHING = {"check_readiness", "get_jwks"}
FILES = [f for f in routed_files(ROOT / "template.yaml") if f.stem not in TAKES_NOTHING]
KEY_ID = "key-of-a-partner"
EXTREMES = [
    "2026-01-01T00:00:00+16:00",
    "2026-01-01T00:00:00+23:59",
    "2026-01-01T00:00:00-24:00",
    "0001-01-01T00:00:00+00:01",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999-00:01",
    "9999-12-31T23:59:59.999999999Z",
    "2016-12-31T23:59:60Z",
    "२०२६-01-01T00:00:00Z",
    "9223372036854775808",
    "-9223372036854775809",
    "999999999999.999",
    "٣",
    "1e5",
    "NaN",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "urn:uuid:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d",
    "{0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d}",
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "%",
    "_\\",
    "x" * 70_000,
    "😀" * 150,
]
KNOWN = ["active", "all", "price", "-name", "PENDING", "true", "on", "EUR", "JPY", "tv", "top_up"]
TEXTS = st.text(max_size=40) | st.sampled_from(EXTREMES) | st.sampled_from(KNOWN)
VALUES: st.SearchStrategy[Any] = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.lists(TEXTS, max_size=3)
    | st.dictionaries(TEXTS, TEXTS, max_size=2)
)


@pytest.fixture
def callers(store: PostgresStore, seed: Seed, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of an administrator, who may do everything, and of things that are there."""
    ring = KeyRing.parse(a_secret())
    make = Maker(
        unit_of_work=store.unit_of_work,
        reading=store.reading,
        clock=FakeClock(NOW),
        catalogue_cache=FakeCatalogueCache(),
        api_keys=FakeApiKeys(),
        queues=FakeQueues(),
        status=FakeStatusStore(),
        denylist=FakeDenylist(),
        throttle=NoLoginThrottle(),
        passwords=PlainPasswords(),
        webhook_rules=WebhookRules(),
        four_eyes=FourEyes(Decimal(10_000), {}),
        reset_links=ResetLinks("https://api.example.com"),
        waiting_room=FakeWaitingRoom(),
        sleep=lambda _: None,
        refresh_tokens=HmacRefreshTokens(lambda: ring),
        access_tokens=JwtAccessTokens(lambda: ring, "https://example.com", 900, uuid6.uuid7),
        access_ttl=timedelta(minutes=15),
        refresh_ttl=timedelta(days=30),
        session_ttl=timedelta(days=90),
    )
    monkeypatch.setattr(offers.wiring, "make", make)
    admin = seed.a_customer("500.00", role=Role.ADMIN)
    offer = seed.an_offer()
    purchase = seed.a_purchase(admin, offer)
    partner = a_partner()
    with store.unit_of_work() as work:
        work.partners.add(partner, a_credit_account(partner, "1000.00"))
        work.partners.add_key(an_api_key(partner, api_key_id=KEY_ID))
    return [str(each) for each in (admin.id, offer.id, purchase.transaction.id, partner.id)]


def _bodies(route: Route, ids: list[str]) -> st.SearchStrategy[str | None]:
    models = [field.field_info.annotation for field in route.dependant.body_params]
    wanted = [each for model in models for each in (model, *get_args(model))]
    names = [
        name
        for model in wanted
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name in model.model_fields
    ]
    values = VALUES | st.sampled_from(ids)
    fields = st.fixed_dictionaries({}, optional=dict.fromkeys(names, values))
    return st.none() | fields.map(json.dumps)


def _queries(route: Route, ids: list[str]) -> st.SearchStrategy[dict[str, str]]:
    names = [field.alias for field in route.dependant.query_params]
    values = TEXTS | st.sampled_from(ids) | st.integers(0, 100).map(str)
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, values))


def _paths(route: Route, ids: list[str]) -> st.SearchStrategy[str]:
    parts = route.path.split("/")
    drawn = [st.sampled_from(ids) | TEXTS if p.startswith("<") else st.just(p) for p in parts]
    return st.tuples(*drawn).map("/".join)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_route_answers_or_says_what_is_wrong(file: Any, callers: list[str]) -> None:
    app = load_app(file)
    handler = rest.handler(app)
    headers = st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("Idempotency-Key", "If-Match", "If-None-Match"), TEXTS)
    )

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def run(data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(app.routes))
        event = an_event(
            route.method,
            data.draw(_paths(route, callers)),
            body=data.draw(_bodies(route, callers)),
            query=data.draw(_queries(route, callers)),
            headers=data.draw(headers),
            authorizer={**AUTHORIZER, "sub": callers[0], "role": "admin"},
        )
        event["resource"] = route.path
        event["requestContext"]["identity"]["apiKeyId"] = data.draw(st.just(KEY_ID) | TEXTS)
        reply = call(handler, event)
        assert reply.status < 500, reply.body

    run()

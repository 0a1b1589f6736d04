"""The most frequent requests are served by Redis alone: without the database's driver or the AWS
SDK, in an interpreter that has neither loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.entrypoints.http.schemas.catalogue import offer_query
from offers.ports.pages import Page, PageRequest
from tests.factories import a_customer, a_purchase, an_account, an_offer
from tests.unit.import_contracts import CONTRACTS, FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration

USER_ID = "01900000-0000-7000-8000-000000000001"
_PROGRAM = """
import importlib, json, sys
folder, name, file = sys.argv[1:]
sys.path.insert(0, folder)
event = json.load(open(file))
answer = importlib.import_module(name).handler(event, None)
print(json.dumps([answer["statusCode"], list(sys.modules)]))
"""


def serve(module: str, redis_url: str, folder: Path, **changes: object) -> frozenset[str]:
    """What is loaded after one 200."""
    event = json.loads((FUNCTIONS.parent / f"events/{module}.json").read_text("utf-8"))
    file = folder / "event.json"
    file.write_text(json.dumps(event | changes), "utf-8")
    path = FUNCTIONS / module
    environment = os.environ | {"STAGE": "local", "REDIS_URL": redis_url}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(path.parent), path.name, str(file)],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 200
    return frozenset(modules)


def breaches(module: str, loaded: frozenset[str]) -> set[str]:
    forbidden = {each for c in CONTRACTS if c.covers(module) for each in c.forbidden}
    return {m for m in loaded if any(f"{m}.".startswith(f"{each}.") for each in forbidden)}


def test_a_status_poll(redis_url: str, tmp_path: Path) -> None:
    module = "activation/get_activation_status"
    user = a_customer(id=USER_ID)
    transaction = a_purchase(user, an_account(user, "100.00"), an_offer()).transaction
    server = RedisServer(redis_url, timeout_seconds=5)
    RedisTransactionStatusStore(server).publish(transaction)
    server.close()

    path = f"/api/v1/activation/status/{transaction.id}"
    assert breaches(module, serve(module, redis_url, tmp_path, path=path)) == set()


def test_a_page_of_the_catalogue(redis_url: str, tmp_path: Path) -> None:
    module = "offers/list_offers"
    query = offer_query("", None, "active", "name", include_drafts=False)
    server = RedisServer(redis_url, timeout_seconds=5)
    RedisCatalogueCache(server).store(repr((query, PageRequest())), Page((an_offer(),)))
    server.close()

    loaded = serve(module, redis_url, tmp_path, queryStringParameters=None)
    assert breaches(module, loaded) == set()

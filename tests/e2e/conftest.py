"""One laptop stack, from the template that is deployed, for all end-to-end tests of a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from tests.e2e.client import Client, sign_in
from tests.e2e.newcomer import add_customer
from tests.local.http import Http

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def laptop_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopStack]:
    with LaptopStack(StackSettings(tmp_path_factory.mktemp("e2e"), port=0)) as running:
        yield running


@pytest.fixture(scope="session")
def api(laptop_stack: LaptopStack) -> Http:
    return Http(laptop_stack.url)


@pytest.fixture
def database(laptop_stack: LaptopStack) -> Iterator[Any]:
    """A cursor on the stack's own database, for looking behind the API."""
    connection = psycopg2.connect(laptop_stack.addresses.postgres)
    connection.autocommit = True
    yield connection.cursor()
    connection.close()


@pytest.fixture
def customer(api: Http, database: Any) -> Client:
    """Somebody new, signed in, with 500.00 EUR; so that no test depends on another."""
    return sign_in(api, add_customer(database))


@pytest.fixture
def other_customer(api: Http, database: Any) -> Client:
    return sign_in(api, add_customer(database))


@pytest.fixture
def offer(customer: Client) -> dict[str, Any]:
    """The cheapest one that can be bought."""
    return customer.offers("sort=price")[0]


@pytest.fixture
def provisioning(api: Http) -> Iterator[Any]:
    """Sets the provisioning system's behaviour; afterwards it behaves again."""

    def behave(mode: str, **more: int) -> None:
        answer = api("PUT", "/_local/provisioning", {"mode": mode, **more})
        assert answer.status == 200, answer.content

    yield behave
    behave("ok")

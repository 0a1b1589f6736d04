"""The limits for each address, switched on: the template's rules and the template's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from tests.local.http import Http

if TYPE_CHECKING:
    import pytest


def test_one_address_signs_in_a_hundred_times_in_five_minutes(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("limits")
    with LaptopStack(StackSettings(folder, port=0, limits_clients=True)) as stack:
        api = Http(stack.url)
        statuses = [api("POST", "/api/v1/auth/login", {}).status for _ in range(100)]
        assert set(statuses) == {422}
        refused = api("POST", "/api/v1/auth/login", {})
        assert (refused.status, refused.json()["code"]) == (429, "throttled")
        assert refused.headers["Retry-After"] == "60"
        assert api("GET", "/api/v1/health").status == 200

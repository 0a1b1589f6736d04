"""One address cannot use up what all share."""

from __future__ import annotations

import time

import pytest
from samcli.yamlhelper import parse_yaml_file

from infra.local.gateway.client_limits import ClientLimits, RateRule, rate_rules
from infra.local.settings import ROOT

SIGN_INS = RateRule("sign-ins", 2, 300, "/auth/login")
ALL = RateRule("requests", 4, 300)


def limits() -> ClientLimits:
    return ClientLimits((SIGN_INS, ALL))


def test_each_address_has_its_own_count() -> None:
    admitted = [limits().admits(f"192.0.2.{n}", "/api/v1/auth/login") for n in range(9)]
    assert all(admitted)
    one = limits()
    assert [one.admits("192.0.2.1", "/x") for _ in range(6)] == [True] * 4 + [False] * 2
    assert one.admits("192.0.2.2", "/x")


@pytest.mark.parametrize("path", ["/api/v1/auth/login", "/api/v1/auth/login/", "/dev/auth/LOGI%4e"])
def test_sign_ins_have_a_tighter_one(path: str) -> None:
    one = limits()
    assert [one.admits("192.0.2.1", path) for _ in range(3)] == [True, True, False]
    assert one.admits("192.0.2.1", "/api/v1/offers")


def test_who_waits_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    one, now = limits(), time.monotonic()
    for _ in range(9):
        one.admits("192.0.2.1", "/x")
    monkeypatch.setattr(time, "monotonic", lambda: now + 301)
    assert one.admits("192.0.2.1", "/x")


def test_the_rules_are_those_of_the_template() -> None:
    acl = parse_yaml_file(str(ROOT / "infra/edge.yaml"))["Resources"]["ClientLimits"]["Properties"]
    for rule in acl["Rules"]:
        rule["Statement"]["RateBasedStatement"]["Limit"] = 7
    assert list(rate_rules(acl)) == [
        RateRule("sign-ins", 7, 300, "/auth/login"),
        RateRule("requests", 7, 300),
    ]
    assert list(rate_rules({})) == []

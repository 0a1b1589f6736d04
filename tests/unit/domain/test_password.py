"""Which passwords are good enough."""

from __future__ import annotations

import pytest

from offers.adapters.passwords.common_passwords import common_passwords
from offers.domain.errors.sessions import PasswordNotAccepted
from offers.domain.password import require_acceptable
from offers.domain.user import Role
from tests.factories import a_customer

USER = a_customer(
    username="Lovelace", email="countess@example.com", first_name="Ada", last_name="Byron"
)
ADMIN = a_customer(username="operator", role=Role.ADMIN)


def is_common(password: str) -> bool:
    return password in common_passwords()


@pytest.mark.parametrize(
    "password",
    [
        "short12",  # seven
        "password",
        "PassWord123",
        "12345678",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "Lovelace1815",
        "lovelacelovelace",
        "countess!",
        "offers2026",
        "Byron-Lovelace-1",
        "lovelacepassword",
    ],
)
def test_what_anybody_would_try_is_refused(password: str) -> None:
    with pytest.raises(PasswordNotAccepted):
        require_acceptable(password, USER, is_common)


@pytest.mark.parametrize(
    "password", ["a long passphrase", "kv7#Lp0z", "Lovelace and her engine", "Adalbert"]
)
def test_anything_else_will_do(password: str) -> None:
    require_acceptable(password, USER, is_common)


def test_administrators_need_more() -> None:
    require_acceptable("kv7#Lp0zQ1x", USER, is_common)
    with pytest.raises(PasswordNotAccepted, match="12"):
        require_acceptable("kv7#Lp0zQ1x", ADMIN, is_common)
    require_acceptable("kv7#Lp0zQ1x!", ADMIN, is_common)


def test_the_list_holds_what_could_be_chosen_at_all() -> None:
    assert 8_000 < len(common_passwords()) < 10_000
    assert min(map(len, common_passwords())) == 8
    assert {"password", "password123", "12345678", "qwertyuiop"} <= common_passwords()

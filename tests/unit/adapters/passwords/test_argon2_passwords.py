from __future__ import annotations

import time

import pytest

from offers.adapters.passwords.argon2_passwords import Argon2Passwords

PASSWORDS = Argon2Passwords(memory_kib=64, passes=1)


@pytest.mark.parametrize("password", ["password123", "pässwörd", " ", "x" * 1024, "a\x00b"])
def test_the_right_password_and_no_other_passes(password: str) -> None:
    stored = PASSWORDS.hash(password)
    assert password not in stored
    assert PASSWORDS.verify(password, stored)
    assert not PASSWORDS.verify(password + "x", stored)


def test_hashes_are_salted() -> None:
    assert PASSWORDS.hash("same") != PASSWORDS.hash("same")


@pytest.mark.parametrize("stored", [None, "", "nonsense", "$argon2id$v=19$m=64"])
def test_nobody_signs_in_without_a_usable_hash(stored: str | None) -> None:
    assert not PASSWORDS.verify("password123", stored)


def test_older_parameters_are_noticed() -> None:
    assert Argon2Passwords(memory_kib=128, passes=1).needs_rehash("x", PASSWORDS.hash("x"))
    assert not PASSWORDS.needs_rehash("x", PASSWORDS.hash("x"))


def test_the_default_is_what_owasp_recommends() -> None:
    assert Argon2Passwords().hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_unknown_user_costs_what_a_known_one_costs() -> None:
    passwords = Argon2Passwords()
    stored = passwords.hash("right")

    def fastest(password_hash: str | None) -> float:
        times = []
        for _ in range(5):
            started = time.process_time()
            passwords.verify("wrong", password_hash)
            times.append(time.process_time() - started)
        return min(times)

    assert fastest(None) > fastest(stored) / 2

"""Names, networks and passwords: what is the same to us."""

from __future__ import annotations

import pytest

from offers.domain.password import normal_form
from offers.domain.sign_in import network_of, place_of, sign_in_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "aDA"),
        ("ﬁn", "FIN"),
        ("straße", "STRASSE"),
        ("\uff41\uff44\uff41", "ada"),
        ("İ", "i\u0307"),
    ],
)
def test_names_are_the_same_whatever_their_case_and_width(one: str, other: str) -> None:
    assert sign_in_name(one) == sign_in_name(other)
    assert sign_in_name(sign_in_name(one)) == sign_in_name(one)


def test_other_letters_are_another_name() -> None:
    assert len({sign_in_name(each) for each in ("adam", "\u0430dam", "ad\u00e1m", "adam ")}) == 4


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", " 192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_one_subscriber_is_one_network(one: str, other: str, *, is_same: bool) -> None:
    assert (network_of(one) == network_of(other)) is is_same


def test_a_place_is_known_for_one_name_only() -> None:
    places = {place_of("ada", "192.0.2.1"), place_of("bob", "192.0.2.1"), place_of("ada", "::")}
    assert len(places) == 3
    assert not any(b"192" in each or b"ada" in each for each in places)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("\u212b", "\u00c5"),
        ("\uff21", "\uff21"),
        ("Case", "Case"),
    ],
)
def test_passwords_are_composed_and_their_blanks_plain(typed: str, normal: str) -> None:
    assert normal_form(typed) == normal
    assert normal_form(normal) == normal

"""What is sealed opens for its purpose and under our keys, and for nothing else."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from offers.adapters.secrets.sealing_keys import InvalidSealingKeys, SealingKeys
from offers.ports.outside.secret_box import SealBroken
from tests.sealing import a_secret_box, sealing_keys

SECRET, PURPOSE = b"whsec_c2VjcmV0", "webhook_secret:acme"
A_KEY = base64.b64encode(b"k" * 32).decode()


def test_what_is_sealed_opens_for_its_purpose() -> None:
    box = a_secret_box()
    sealed = box.seal(SECRET, PURPOSE)

    assert box.open(sealed, PURPOSE) == SECRET
    assert box.is_current(sealed)
    assert sealed.isascii()
    assert sealed.isprintable()
    assert SECRET.decode() not in sealed


def test_the_same_secret_is_never_sealed_the_same_way_twice() -> None:
    box = a_secret_box()

    assert box.seal(SECRET, PURPOSE) != box.seal(SECRET, PURPOSE)


def test_a_sealed_text_does_not_open_for_somebody_else() -> None:
    box = a_secret_box()

    with pytest.raises(SealBroken):
        box.open(box.seal(SECRET, PURPOSE), "webhook_secret:other")


def test_every_character_counts() -> None:
    box = a_secret_box()
    sealed = box.seal(SECRET, PURPOSE)

    for place in range(len(sealed.rstrip("="))):
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
        with pytest.raises(SealBroken):
            box.open(changed, PURPOSE)


@pytest.mark.parametrize(
    "sealed", ["", "whsec_c2VjcmV0", "sealed:1:test:", "sealed:1:test:AAAA", "sealed:1:test:ä"]
)
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    box = a_secret_box()

    assert not a_secret_box(sealing_keys("other")).is_current(sealed)
    with pytest.raises(SealBroken):
        box.open(sealed, PURPOSE)


def test_an_older_key_opens_and_is_told_from_the_current_one() -> None:
    old = sealing_keys("old")
    sealed = a_secret_box(old).seal(SECRET, PURPOSE)
    new = SealingKeys("new", {**sealing_keys("new").keys, **old.keys})
    box = a_secret_box(new)

    assert box.open(sealed, PURPOSE) == SECRET
    assert not box.is_current(sealed)
    assert box.is_current(box.seal(SECRET, PURPOSE))


def test_a_key_that_is_gone_opens_nothing() -> None:
    sealed = a_secret_box(sealing_keys("old")).seal(SECRET, PURPOSE)

    with pytest.raises(SealBroken):
        a_secret_box(sealing_keys("new")).open(sealed, PURPOSE)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": []},
        {"keys": [{"kid": "a"}]},
        {"keys": [{"kid": "a", "key": "c2hvcnQ="}]},
        {"keys": [{"kid": "a", "key": f"{A_KEY}!"}]},
        {"keys": [{"kid": "a:b", "key": A_KEY}]},
        {"keys": [{"kid": "", "key": A_KEY}]},
        {"keys": [{"kid": "a", "key": A_KEY}, {"kid": "a", "key": A_KEY}]},
    ],
)
def test_what_is_no_key_ring_is_refused_and_not_shown(document: dict[str, Any]) -> None:
    with pytest.raises(InvalidSealingKeys) as caught:
        SealingKeys.read(document)

    assert A_KEY not in str(caught.value)


def test_keys_do_not_show() -> None:
    assert "kkk" not in repr(SealingKeys.read({"keys": [{"kid": "a", "key": A_KEY}]}))

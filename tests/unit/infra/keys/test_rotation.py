"""Keys change in steps; at no moment does somebody meet a key that is not known everywhere."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.keys.new import new_jwk, new_sealing_keys, new_token_keys
from infra.keys.rotation import NothingToRetire, TooEarly
from infra.keys.secret import KeySecret
from offers.adapters.secrets.sealing_keys import SealingKeys
from offers.adapters.tokens.key_ring import KeyRing


class Missing(Exception):
    """Secrets Manager's ResourceNotFoundException."""


class FakeSecrets:
    """Secrets Manager with one secret, empty at first, and a clock."""

    class exceptions:  # noqa: N801  # as boto3 calls it
        ResourceNotFoundException = Missing

    def __init__(self) -> None:
        self.text: str | None = None
        self.changed = datetime.now(UTC)

    def get_secret_value(self, **_: Any) -> dict[str, Any]:
        if self.text is None:
            raise Missing
        return {"SecretString": self.text, "CreatedDate": self.changed}

    def put_secret_value(self, **request: Any) -> None:
        self.text, self.changed = request["SecretString"], datetime.now(UTC)

    def wait(self, minutes: int) -> None:
        self.changed -= timedelta(minutes=minutes)

    def ring(self) -> KeyRing:
        return KeyRing.parse(str(self.text))


@pytest.fixture
def secrets() -> FakeSecrets:
    return FakeSecrets()


@pytest.fixture
def keys(secrets: FakeSecrets) -> KeySecret:
    return KeySecret(secrets, "keys")


def test_new_keys_are_what_the_functions_read(secrets: FakeSecrets, keys: KeySecret) -> None:
    assert keys.is_empty()
    keys.create(new_token_keys())

    assert not keys.is_empty()
    assert len(secrets.ring().keys) == 1
    assert SealingKeys.read(new_sealing_keys()).keys


def test_a_key_is_known_before_it_signs_and_the_old_one_until_nothing_needs_it(
    secrets: FakeSecrets, keys: KeySecret
) -> None:
    keys.create(new_token_keys())
    old = secrets.ring().signing_kid

    assert keys.rotate(new_jwk()) == "published"
    assert secrets.ring().signing_kid == old
    assert len(secrets.ring().keys) == 2
    with pytest.raises(TooEarly, match="wait another"):
        keys.rotate(new_jwk())
    secrets.wait(10)
    assert keys.rotate(new_jwk()) == "promoted"
    assert secrets.ring().signing_kid != old
    assert old in secrets.ring().keys
    with pytest.raises(TooEarly):
        keys.retire()
    secrets.wait(20)
    keys.retire()
    assert old not in secrets.ring().keys
    assert len(secrets.ring().keys) == 1


def test_a_published_key_is_not_retired(secrets: FakeSecrets, keys: KeySecret) -> None:
    keys.create(new_token_keys())
    with pytest.raises(NothingToRetire):
        keys.retire()
    keys.rotate(new_jwk())
    secrets.wait(60)
    with pytest.raises(NothingToRetire):
        keys.retire()
    assert len(json.loads(str(secrets.text))["keys"]) == 2

"""Refresh tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import TokenFamilyId
from offers.domain.refresh_token import RefreshToken
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SECOND = timedelta(seconds=1)


def a_token(family: TokenFamilyId, user: object, token: bytes = b"t" * 32) -> RefreshToken:
    return RefreshToken(token, family, user, NOW, NOW + timedelta(days=30))  # type: ignore[arg-type]


def test_a_token_is_spent_once_and_dies_with_its_family(seed: Seed, store: PostgresStore) -> None:
    user, family = seed.a_customer(), TokenFamilyId(new_id())
    token = a_token(family, user.id)

    with store.unit_of_work() as work:
        work.refresh_tokens.add(token)
        assert work.refresh_tokens.lock(token.token_hash) == token
        spent = token.spend(b"successor", NOW + SECOND)
        work.refresh_tokens.save(spent)
        assert work.refresh_tokens.lock(token.token_hash) == spent
        work.refresh_tokens.revoke_family(family, NOW + 2 * SECOND)
        work.refresh_tokens.revoke_family(family, NOW + 3 * SECOND)
        revoked = work.refresh_tokens.lock(token.token_hash)
        assert revoked == replace(spent, revoked_at=NOW + 2 * SECOND)
        with pytest.raises(InvalidToken):
            work.refresh_tokens.lock(b"unknown")


def test_expired_tokens_are_forgotten(seed: Seed, store: PostgresStore) -> None:
    token = a_token(TokenFamilyId(new_id()), seed.a_customer().id)
    with store.unit_of_work() as work:
        work.refresh_tokens.add(token)

    with store.reading() as reading:
        assert reading.refresh_tokens.delete_expired(token.expires_at, 10) == 0
        assert reading.refresh_tokens.delete_expired(token.expires_at + SECOND, 10) == 1

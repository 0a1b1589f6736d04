"""Sign in with a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidCredentials
from offers.domain.ids import TokenFamilyId
from offers.domain.refresh_token import RefreshToken

if TYPE_CHECKING:
    from datetime import timedelta

    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.login_throttle import LoginThrottle
    from offers.ports.outside.passwords import Passwords
    from offers.ports.outside.tokens import AccessToken, AccessTokens, RefreshTokenSource
    from offers.ports.store.work import Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Session:
    """What a client keeps: a short-lived access token and the refresh token for the next."""

    access: AccessToken
    refresh_token: str


@dataclass(frozen=True)
class LogIn:
    """An unknown username, a deactivated user and a wrong password look and last the same."""

    unit_of_work: UnitOfWork
    reading: Reading
    throttle: LoginThrottle
    passwords: Passwords
    access_tokens: AccessTokens
    refresh_tokens: RefreshTokenSource
    refresh_ttl: timedelta
    clock: Clock
    new_id: NewId

    def __call__(self, username: str, password: str, address: str) -> Session:
        """Raises InvalidCredentials, TooManyAttempts or StoreUnavailable."""
        self.throttle.admit(username, address)
        user = self._verified(username, password)
        if user is None:
            raise InvalidCredentials
        self.throttle.clear(username, address)
        return self._open_session(user, password)

    def _verified(self, username: str, password: str) -> User | None:
        with self.reading() as store:
            user = store.users.find_by_username(username)
        is_right = self.passwords.verify(password, user.password_hash if user else None)
        return user if user is not None and is_right and user.is_active else None

    def _open_session(self, user: User, password: str) -> Session:
        now, family, token = self.clock(), TokenFamilyId(self.new_id()), self.refresh_tokens.first()
        with self.unit_of_work() as work:
            if self.passwords.needs_rehash(user.password_hash):
                work.users.save_password_hash(user.id, self.passwords.hash(password))
            work.refresh_tokens.add(
                RefreshToken(
                    token_hash=self.refresh_tokens.hash(token),
                    family_id=family,
                    user_id=user.id,
                    created_at=now,
                    expires_at=now + self.refresh_ttl,
                )
            )
        return Session(self.access_tokens.issue(user.id, user.role, family, now), token)

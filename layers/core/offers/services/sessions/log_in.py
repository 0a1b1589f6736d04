"""Sign in with a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidCredentials
from offers.domain.ids import SessionId
from offers.domain.refresh_token import RefreshToken
from offers.domain.session import Session
from offers.domain.sign_in import SignInAttempt, network_of, place_of, sign_in_name

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
class SignedIn:
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
    session_ttl: timedelta
    clock: Clock
    new_id: NewId

    def __call__(self, username: str, password: str, address: str) -> SignedIn:
        """Raises InvalidCredentials, TooManyAttempts or StoreUnavailable."""
        name, network = sign_in_name(username), network_of(address)
        place = place_of(name, network)
        with self.reading() as store:
            claimant = store.sessions.find_claimant(name, place)
        is_known = claimant is not None and claimant.is_at_known_place
        attempt = SignInAttempt(name, network, is_known)
        self.throttle.admit(attempt)
        user = self._verified(claimant.user if claimant else None, password)
        self.throttle.clear(attempt)
        return self._open_session(user, password, place)

    def _verified(self, user: User | None, password: str) -> User:
        is_right = self.passwords.verify(password, user.password_hash if user else None)
        if user is None or not is_right or not user.is_active:
            raise InvalidCredentials
        return user

    def _open_session(self, user: User, password: str, place: bytes) -> SignedIn:
        now, token = self.clock(), self.refresh_tokens.first()
        session_id = SessionId(self.new_id())
        session = Session(session_id, user.id, place, now, now + self.session_ttl)
        first = RefreshToken.of(session, self.refresh_tokens.hash(token), now, self.refresh_ttl)
        with self.unit_of_work() as work:
            # Held, so that whoever deactivates the user or changes the password ends this one too.
            if work.users.lock(user.id).user.version != user.version:
                raise InvalidCredentials
            if self.passwords.needs_rehash(password, user.password_hash):
                work.users.save_password_hash(user.id, self.passwords.hash(password))
            work.sessions.open(session, first)
        return SignedIn(self.access_tokens.issue(user.id, user.role, session_id, now), token)

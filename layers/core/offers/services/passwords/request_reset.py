"""Somebody has forgotten a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.sign_in import ResetAttempt, network_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.outbox import OutboxMessage
    from offers.ports.clock import Clock
    from offers.ports.outside.login_throttle import LoginThrottle
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.dispatch_messages import DispatchMessages
    from offers.services.passwords.send_reset import SendReset

LEAST_TIME = timedelta(seconds=1)
"""More than it takes to send an email, so that the time tells nobody whether one was sent."""
MOST_USERS = 5
"""Who may share an address; each gets a link of their own."""


@dataclass(frozen=True)
class RequestPasswordReset:
    """A link by email to whoever has this address; to nobody it looks and lasts the same."""

    unit_of_work: UnitOfWork
    send_reset: SendReset
    dispatch: DispatchMessages
    throttle: LoginThrottle
    clock: Clock
    sleep: Callable[[float], None]

    def __call__(self, email: str, address: str) -> None:
        """Raises TooManyAttempts or StoreUnavailable."""
        began = self.clock()
        self.throttle.admit(ResetAttempt(email.casefold(), network_of(address)))
        messages: tuple[OutboxMessage, ...] = ()
        with self.unit_of_work() as work:
            for user in work.users.with_address(email, MOST_USERS):
                messages += self.send_reset(work, user, began)
        self.dispatch(messages)
        left = LEAST_TIME - (self.clock() - began)
        self.sleep(max(0.0, left.total_seconds()))

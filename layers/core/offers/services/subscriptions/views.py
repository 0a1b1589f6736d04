"""What is read about subscriptions, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from datetime import timedelta

    from offers.domain.ids import UserId
    from offers.domain.subscription import SubscriptionStatus
    from offers.ports.clock import Clock
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.subscriptions import SubscriptionView
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ListSubscriptions:
    """All of them, or those in one status; newest first."""

    reading: Reading

    def __call__(
        self, user_id: UserId, status: SubscriptionStatus | None, request: PageRequest
    ) -> Page[SubscriptionView]:
        """Raises InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            return store.subscriptions.page(user_id, status, request)


@dataclass(frozen=True)
class ListSubscriptionsOf:
    """The same for administrators: anybody's."""

    reading: Reading

    def __call__(
        self,
        admin_id: UserId,
        user_id: UserId,
        status: SubscriptionStatus | None,
        request: PageRequest,
    ) -> Page[SubscriptionView]:
        """Raises NotPermitted, UserNotFound, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            user = store.users.get(user_id)
            return store.subscriptions.page(user.id, status, request)


@dataclass(frozen=True)
class ListExpiring:
    """Active ones that end within some days; soonest first."""

    reading: Reading
    clock: Clock

    def __call__(
        self, user_id: UserId, within: timedelta, request: PageRequest
    ) -> Page[SubscriptionView]:
        """Raises InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            return store.subscriptions.page_expiring(user_id, self.clock() + within, request)

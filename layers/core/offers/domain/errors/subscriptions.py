"""Facts that stop a change to a subscription."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError, NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId


class SubscriptionNotFound(NotFound):
    code = "subscription_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such subscription.")


class AlreadySubscribed(DomainError):
    """The user has a pending or active subscription to the offer."""

    code = "already_subscribed"

    def __init__(self) -> None:
        super().__init__("A subscription to this offer is already pending or active.")


class RenewalInProgress(DomainError):
    """A renewal of the same period was accepted before."""

    code = "renewal_in_progress"

    def __init__(self) -> None:
        super().__init__("A renewal of this period is already under way.")


class SubscriptionChanged(DomainError):
    """The period that was to be paid for is not the one that would be paid for now; or none was
    named, and another renewal has been paid for already. ``expires_at``: when it now ends.
    """

    code = "subscription_changed"

    def __init__(self, expires_at: datetime) -> None:
        super().__init__(
            "This subscription has been renewed meanwhile. Read it again; to pay for yet another "
            "period, renew with the expires_at that it has now."
        )
        self.expires_at = expires_at


class SubscriptionTooLong(DomainError):
    """The period would end later than the calendar goes."""

    code = "subscription_too_long"

    def __init__(self) -> None:
        super().__init__("This subscription would run longer than the calendar goes.")


class SubscriptionNotRenewable(DomainError):
    """Only an active or expired subscription renews."""

    code = "subscription_not_renewable"

    def __init__(self, subscription_id: SubscriptionId) -> None:
        super().__init__("This subscription cannot be renewed.")
        self.subscription_id = subscription_id


class SubscriptionNotActive(DomainError):
    """The change asked for needs an active subscription."""

    code = "subscription_not_active"

    def __init__(self, subscription_id: SubscriptionId) -> None:
        super().__init__("This subscription is not active.")
        self.subscription_id = subscription_id

"""What a month of a subscription's life should look like, told as plainly as can be.

Written from the documentation, not from the code: plain numbers, one customer, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GRACE = 3 * DAY


@dataclass
class Month:
    """One active subscription, its customer's balance and what they should have been told."""

    zone: str
    balance: int
    offer_price: int
    paid_price: int
    duration: timedelta
    ends: datetime
    status: str = "active"
    auto_renew: bool = False
    cancelled: bool = False
    wants_reminders: bool = True
    can_be_reached: bool = True
    refuses: bool = False
    announced: int | None = None
    tries: int = 0
    next_try: datetime | None = None
    renewed_at: datetime | None = None
    reminded: set[int] = field(default_factory=set)
    emails: list[str] = field(default_factory=list)
    charges: int = 0

    def tell(self, key: str) -> None:
        self.emails.append(key if self.can_be_reached else f"{key} suppressed")

    # --- the schedules

    def remind(self, now: datetime) -> None:
        if self.status != "active" or self.cancelled or not self.wants_reminders:
            return
        if now >= self.ends:
            return
        home = ZoneInfo(self.zone)
        left = (self.ends.astimezone(home).date() - now.astimezone(home).date()).days
        day = 1 if left <= 1 else 3 if left <= 3 else 7 if left <= 7 else None
        if day is None or day in self.reminded:
            return
        self.reminded.add(day)
        self.tell(f"reminder_{day}")
        if self.can_be_reached:
            self.announced = min(self.offer_price, self.announced or self.offer_price)

    def sweep(self, now: datetime) -> None:
        """As often as it takes until nothing more comes of it."""
        if self.status != "active":
            return
        if self.auto_renew and self._is_to_be_tried(now):
            self._try(now)
        if not self.auto_renew:
            is_over = now >= self.ends
        else:
            is_over = self.tries > 0 and now >= self.ends + GRACE
        if is_over:
            self.status = "cancelled" if self.cancelled else "expired"
            self.tell("subscription_ended")

    def _is_to_be_tried(self, now: datetime) -> bool:
        if self.next_try is None:
            return now >= self.ends - min(24 * HOUR, self.duration / 4)
        return self.next_try <= now < self.ends + GRACE

    def _try(self, now: datetime) -> None:
        self.tries, self.next_try = self.tries + 1, now + DAY
        price = min(self.offer_price, self.announced or self.paid_price)
        if self.balance < price:
            self.tell(f"renewal_unpaid_{self.tries}")
        else:
            self._buy(price, now)

    def _buy(self, price: int, now: datetime) -> None:
        self.charges += 1
        if self.refuses:
            self.tell("renewal_failed")
            if self.status == "pending":
                self.status = "expired"
            return
        self.tell("renewal_succeeded")
        self.balance -= price
        self.paid_price, self.announced = price, None
        self.ends, self.renewed_at = max(self.ends, now) + self.duration, now
        self.status, self.cancelled = "active", False
        self.tries, self.next_try, self.reminded = 0, None, set()

    # --- the customer

    def renew(self, now: datetime) -> None:
        if self.status == "cancelled" or self._may_be_the_same_click(now):
            return
        is_running = self.status == "active"
        promised = self.announced if is_running else None
        price = min(self.offer_price, promised or self.offer_price)
        if self.balance < price:
            return
        if not is_running:
            self.status = "pending"
        self._buy(price, now)

    def _may_be_the_same_click(self, now: datetime) -> bool:
        """No end was named: what was renewed last has not begun, or it is not a day ago."""
        if self.renewed_at is None:
            return False
        return now < max(self.ends - self.duration, self.renewed_at + DAY)

    def switch(self, on: bool) -> None:
        if self.status == "active":
            self.auto_renew = on
            self.cancelled = self.cancelled and not on

    def cancel(self) -> None:
        if self.status == "active":
            self.auto_renew, self.cancelled = False, True

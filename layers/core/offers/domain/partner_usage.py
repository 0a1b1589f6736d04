"""How many activations a partner may start, counted in calendar minutes and days (UTC)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from offers.domain.errors.partners import ActivationLimitReached

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ActivationLimits:
    """At most so many accepted activations in a calendar minute and in a calendar day."""

    per_minute: int
    per_day: int


@dataclass(frozen=True, slots=True)
class Window:
    """One calendar minute or day, and how many activations were accepted in it."""

    start: datetime
    count: int = 0

    def at(self, start: datetime) -> Window:
        """The window that begins at ``start``: this one, unless it lies before.

        A clock that is a little behind goes on counting in the newest window.
        """
        return self if start <= self.start else Window(start)

    def one_more(self) -> Window:
        """One more was accepted."""
        return replace(self, count=self.count + 1)


@dataclass(frozen=True, slots=True)
class PartnerUsage:
    """What a partner has used of its limits. One row, locked while an activation is accepted."""

    partner_id: PartnerId
    minute: Window
    day: Window

    @classmethod
    def none(cls, partner_id: PartnerId, at: datetime) -> PartnerUsage:
        """A new partner's."""
        return cls(partner_id, Window(_minute_of(at)), Window(_day_of(at)))

    def count_activation(self, limits: ActivationLimits, at: datetime) -> PartnerUsage:
        """Count one more activation, or raise ActivationLimitReached until the window ends."""
        minute, day = self.minute.at(_minute_of(at)), self.day.at(_day_of(at))
        if day.count >= limits.per_day:
            raise ActivationLimitReached(limits.per_day, "day", _seconds(day.start + _DAY - at))
        if minute.count >= limits.per_minute:
            wait = _seconds(minute.start + _MINUTE - at)
            raise ActivationLimitReached(limits.per_minute, "minute", wait)
        return replace(self, minute=minute.one_more(), day=day.one_more())


def _minute_of(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _day_of(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _seconds(wait: timedelta) -> int:
    return max(1, ceil(wait.total_seconds()))

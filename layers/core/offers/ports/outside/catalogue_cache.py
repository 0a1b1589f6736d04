"""A copy of catalogue answers; may vanish at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.ports.pages import Page


class CatalogueCache(Protocol):
    """Pages of offers by the question that they answer; each is forgotten after seconds."""

    def find(self, question: str) -> Page[Offer] | None:
        """The stored page; None if it is missing or the cache is away. Never raises."""

    def store(self, question: str, page: Page[Offer]) -> None:
        """Keep it for a while. Never raises."""

    def clear(self) -> None:
        """Forget everything: the catalogue changed. Never raises."""

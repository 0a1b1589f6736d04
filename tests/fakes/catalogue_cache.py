"""Port CatalogueCache in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.ports.pages import Page


class FakeCatalogueCache:
    """Keeps pages until ``clear``; ``is_away`` makes it know nothing."""

    def __init__(self) -> None:
        self.pages: dict[str, Page[Offer]] = {}
        self.is_away = False

    def find(self, question: str) -> Page[Offer] | None:
        return None if self.is_away else self.pages.get(question)

    def store(self, question: str, page: Page[Offer]) -> None:
        if not self.is_away:
            self.pages[question] = page

    def clear(self) -> None:
        self.pages.clear()

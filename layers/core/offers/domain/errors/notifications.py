"""Facts about emails."""

from __future__ import annotations

from offers.domain.errors import NotFound


class UnsubscribeLinkUnknown(NotFound):
    """The token of a link to unsubscribe is damaged or nobody's."""

    code = "unsubscribe_link_unknown"

    def __init__(self) -> None:
        super().__init__("This link does not work any more.")

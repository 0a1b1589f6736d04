"""Facts that stop who browses or keeps the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError, NotFound

if TYPE_CHECKING:
    from offers.domain.ids import OfferId


class OfferNotFound(NotFound):
    code = "offer_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such offer.")


class OfferNotAvailable(DomainError):
    """Draft, retired, or outside ``valid_from``–``valid_until``."""

    code = "offer_not_available"

    def __init__(self, offer_id: OfferId) -> None:
        super().__init__("This offer cannot be activated now.")
        self.offer_id = offer_id


class OfferCodeTaken(DomainError):
    code = "offer_code_taken"

    def __init__(self) -> None:
        super().__init__("Another offer has this code.")


class OfferStatusNotAllowed(DomainError):
    """A lifecycle goes draft → active → retired and never back (TMF620)."""

    code = "offer_status_not_allowed"

    def __init__(self, before: str, after: str) -> None:
        super().__init__(f"An offer that is {before} cannot become {after}.")
        self.before = before
        self.after = after


class InvalidValidity(DomainError):
    """``valid_until`` does not lie after ``valid_from``."""

    code = "invalid_validity"

    def __init__(self) -> None:
        super().__init__("valid_until must lie after valid_from.")

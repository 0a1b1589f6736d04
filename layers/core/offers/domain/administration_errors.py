"""Facts that stop an administrator."""

from __future__ import annotations

from offers.domain.errors import DomainError


class UsernameTaken(DomainError):
    """Usernames are compared without regard to case."""

    code = "username_taken"

    def __init__(self) -> None:
        super().__init__("Another user has this username.")


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


class CannotDeactivateSelf(DomainError):
    code = "cannot_deactivate_self"

    def __init__(self) -> None:
        super().__init__("Administrators cannot deactivate themselves; ask another one.")

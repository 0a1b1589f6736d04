"""Facts about people."""

from __future__ import annotations

from offers.domain.errors import DomainError, NotFound


class UserNotFound(NotFound):
    code = "user_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such user.")


class UsernameTaken(DomainError):
    """Usernames are compared without regard to case."""

    code = "username_taken"

    def __init__(self) -> None:
        super().__init__("Another user has this username.")


class CannotDeactivateSelf(DomainError):
    code = "cannot_deactivate_self"

    def __init__(self) -> None:
        super().__init__("Administrators cannot deactivate themselves; ask another one.")

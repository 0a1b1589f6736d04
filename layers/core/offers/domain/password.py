"""Passwords: the one form in which they are compared, and which of them are good enough."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import PasswordNotAccepted
from offers.domain.user import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from offers.domain.user import User

MINIMUM_LENGTH = {Role.CUSTOMER: 8, Role.ADMIN: 12}
"""NIST SP 800-63B §5.1.1.2 asks for eight at least, and for no rules about kinds of characters."""
FEWEST_DIFFERENT = 5
SERVICE_NAME = "offers"
_SHORTEST_WORD = 4


def normal_form(password: str) -> str:
    """Composed letters (NFC), and every kind of blank as a plain one: the OpaqueString profile of
    RFC 8265 §4.2. Case and width stay as they are.
    """
    blanks = (" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", "".join(blanks))


def require_acceptable(password: str, user: User, is_common: Callable[[str], bool]) -> None:
    """Raise PasswordNotAccepted for what is too short for the user's role, common, of few different
    characters, or little more than words that anybody would try for this user (NIST SP 800-63B
    §5.1.1.2). ``is_common`` is asked in lower case.
    """
    plain = normal_form(password).casefold()
    if len(plain) < MINIMUM_LENGTH[user.role]:
        raise PasswordNotAccepted(MINIMUM_LENGTH[user.role])
    rest = _without(plain, _words_about(user))
    is_little_more = rest != plain and len(rest) < MINIMUM_LENGTH[Role.CUSTOMER]
    is_monotonous = len(set(plain)) < FEWEST_DIFFERENT
    if is_little_more or is_monotonous or is_common(plain) or is_common(rest):
        raise PasswordNotAccepted


def _words_about(user: User) -> tuple[str, ...]:
    address = user.email.partition("@")[0]
    return (user.username, address, user.first_name, user.last_name, SERVICE_NAME)


def _without(password: str, words: Iterable[str]) -> str:
    for word in words:
        if len(word) >= _SHORTEST_WORD:
            password = password.replace(word.casefold(), "")
    return password

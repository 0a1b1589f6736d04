"""Passwords: the one form in which they are compared."""

from __future__ import annotations

import unicodedata


def normal_form(password: str) -> str:
    """Composed letters (NFC), and every kind of blank as a plain one: the OpaqueString profile of
    RFC 8265 §4.2. Case and width stay as they are.
    """
    blanks = (" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", "".join(blanks))

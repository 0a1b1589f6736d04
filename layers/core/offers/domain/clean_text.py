"""Text that people read is what it seems: names, reasons, descriptions.

What is refused are characters that show nothing or change how others are shown: a name of two
blanks, a name that U+202E turns around, an offer that differs from another one by a character
nobody sees.
"""

from __future__ import annotations

import unicodedata

_SPACE = "Zs"
_SHOWS = frozenset("LNPS")
"""Letters, numbers, punctuation and symbols; marks alone show nothing to stand on."""
_NEVER = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (directions, zero-width), surrogate, private, unassigned; line and paragraph."""
_LETTERS_THAT_SHOW_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Hangul's fillers and the empty Braille cell."""


class UncleanText(ValueError):
    """It holds a character that readers cannot see."""


def clean(text: str) -> str:
    """In NFC, with plain spaces and none at its ends; ``""`` for what shows nothing but spaces.

    Raises UncleanText.
    """
    composed = unicodedata.normalize("NFC", text)
    if any(_is_hidden(character) for character in composed):
        raise UncleanText
    plain = "".join(" " if unicodedata.category(c) == _SPACE else c for c in composed).strip()
    return plain if any(unicodedata.category(c)[0] in _SHOWS for c in plain) else ""


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _NEVER or character in _LETTERS_THAT_SHOW_NOTHING

"""Words from outside, made fit for emails, logs and the API: short, on one line, printable."""

from __future__ import annotations

import re

MAX_CODE_LENGTH = 64
MAX_REASON_LENGTH = 300
MAX_REFERENCE_LENGTH = 100

_NOT_IN_A_CODE = re.compile(r"[^a-z0-9_.-]+")


def printable_code(value: object) -> str:
    """Lower case ASCII letters, digits, ``_ . -``; empty when there is none."""
    if not isinstance(value, str):
        return ""
    return _NOT_IN_A_CODE.sub("_", value[: 2 * MAX_CODE_LENGTH].lower()).strip("_")[
        :MAX_CODE_LENGTH
    ]


def printable_reason(value: object) -> str:
    """One line of at most 300 characters; empty when there is none."""
    line = _one_line(value, MAX_REASON_LENGTH + 1)
    if len(line) > MAX_REASON_LENGTH:
        line = line[: MAX_REASON_LENGTH - 1].rstrip() + "…"
    return line


def printable_reference(value: object) -> str:
    """The reference as it is; empty when there is none, or none that can be stored and shown
    unchanged."""
    if isinstance(value, str) and len(value) <= MAX_REFERENCE_LENGTH and value.isprintable():
        return value.strip()
    return ""


def _one_line(value: object, length: int) -> str:
    """Without controls, line ends, half surrogates and marks that turn the direction of writing."""
    if not isinstance(value, str):
        return ""
    shown = "".join(letter if letter.isprintable() else " " for letter in value[: 4 * length])
    return " ".join(shown.split())[:length]

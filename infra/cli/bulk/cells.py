"""Cells that a spreadsheet would take for a formula, written so that it does not."""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet runs when a cell begins so (OWASP, CSV Injection), or what would be read back
as such a cell made harmless.
"""
_HARMLESS = re.compile(r"'+[=+\-@\t\r]")


def harmless(text: str) -> str:
    """The cell with an apostrophe before it, which spreadsheets take for "this is text"."""
    return f"'{text}" if _RUNS.match(text) else text


def meant(text: str) -> str:
    """What was made harmless, as it was."""
    return text[1:] if _HARMLESS.match(text) else text

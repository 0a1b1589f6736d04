"""Reading the guides under docs/ as a program would."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
_FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r'^\| <a id="(\w+)"></a>`(\w+)` \| (\d{3}) \| .+ \| .+ \|$', re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")


def text_of(name: str) -> str:
    """A guide's Markdown."""
    return (DOCS / name).read_text("utf-8")


def commands_of(name: str) -> str:
    """Its shell commands, one after the other."""
    return "\n".join(_FENCE.findall(text_of(name)))


def codes_of(name: str) -> list[tuple[str, str, int]]:
    """Anchor, code and status of each row of its table of errors."""
    return [(anchor, code, int(status)) for anchor, code, status in _ROW.findall(text_of(name))]


def links_of(path: Path) -> list[str]:
    """Where its relative links lead."""
    found: list[str] = _LINK.findall(path.read_text("utf-8"))
    return [link for link in found if not link.startswith(("http://", "https://", "/"))]

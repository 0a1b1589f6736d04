"""Conditional requests: entity tags, If-None-Match and If-Match (RFC 9110 §8.8.3 and §13.1)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from offers.domain.changes import SeenVersions
from offers.entrypoints.http import incoming

_ENTITY_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_LIST = re.compile(rf"\s*(?:{_ENTITY_TAG.pattern}\s*)?(?:,\s*(?:{_ENTITY_TAG.pattern}\s*)?)*")
_MAX_HEADER = 4096
_VERSION = re.compile(r'"([1-9]\d{0,17})"', re.ASCII)


@dataclass(frozen=True, slots=True)
class EntityTags:
    """The tags a condition names; ``*`` stands for any."""

    names_any: bool
    strong: frozenset[str]
    weak: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> EntityTags:
        """A header that is not a list of entity tags names none."""
        if text.strip() == "*":
            return cls(names_any=True, strong=frozenset(), weak=frozenset())
        is_list = len(text) <= _MAX_HEADER and _LIST.fullmatch(text)
        found = _ENTITY_TAG.findall(text) if is_list else []
        strong = frozenset(tag for weakness, tag in found if not weakness)
        return cls(names_any=False, strong=strong, weak=frozenset(tag for _, tag in found))

    def include(self, etag: str) -> bool:
        """Weak comparison, as for If-None-Match."""
        return self.names_any or etag.removeprefix("W/") in self.weak

    @property
    def versions(self) -> SeenVersions:
        """What ``entity_tag`` made these tags from, by strong comparison, as for If-Match."""
        if self.names_any:
            return None
        found = map(_VERSION.fullmatch, self.strong)
        return frozenset(int(match[1]) for match in found if match)


def entity_tag(version: int) -> str:
    """The strong tag of a resource that counts its changes."""
    return f'"{version}"'


def tag_of_body(body: str) -> str:
    """The strong tag of an answer that has no version of its own."""
    digest = hashlib.sha256(body.encode())  # processors help with this one
    return f'"{digest.hexdigest()[:24]}"'


def client_has(etag: str) -> bool:
    """Whether If-None-Match says that the client already holds this representation."""
    lines = incoming.header_lines("If-None-Match")
    return bool(lines) and EntityTags.parse(", ".join(lines)).include(etag)


def is_no_news(etag: str) -> bool:
    """Whether the client waits for something else: it holds this representation, or it holds none
    and wants the last one."""
    return client_has(etag) or not incoming.header_lines("If-None-Match")


def seen_versions() -> SeenVersions:
    """The versions that If-Match names by strong tags; None if it is not there, or names any."""
    text = incoming.header("If-Match")
    return None if text is None else EntityTags.parse(text).versions

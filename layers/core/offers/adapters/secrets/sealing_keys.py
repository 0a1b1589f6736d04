"""The keys that seal, as Secrets Manager holds them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

KEY_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class InvalidSealingKeys(Exception):
    """The secret is not a usable key ring. Never shows its content."""

    def __init__(self) -> None:
        super().__init__("the sealing keys are not a key ring")


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """Keys of 256 bits by their id: the first seals, all open."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Read ``{"keys": [{"kid": …, "key": base64}, …]}``. Raises InvalidSealingKeys."""
        try:
            listed = [(str(each["kid"]), _key(each["key"])) for each in document["keys"]]
            current = listed[0][0]
        except (KeyError, IndexError, TypeError, ValueError):
            raise InvalidSealingKeys from None  # the cause may quote the content
        keys = dict(listed)
        if len(keys) != len(listed) or not all(map(_KEY_ID.fullmatch, keys)):
            raise InvalidSealingKeys
        return cls(current, keys)


SealingKeysLoader = Callable[[], SealingKeys]
"""Called for every use: a loader that caches decides how soon a rotated key is seen."""


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise InvalidSealingKeys
    return key

"""A secret box with keys of the tests' own: the real one, since only its keys are outside."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field

from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox
from offers.adapters.secrets.sealing_keys import SealingKeys
from offers.ports.outside.secret_box import SealingKeysUnavailable


def sealing_keys(*kids: str) -> SealingKeys:
    """Random keys with these ids; the first seals."""
    keys = [{"kid": kid, "key": base64.b64encode(os.urandom(32)).decode()} for kid in kids]
    return SealingKeys.read({"keys": keys})


@dataclass
class KeysAtHand:
    """Loads a ring, unless Secrets Manager ``is_away``."""

    ring: SealingKeys = field(default_factory=lambda: sealing_keys("test"))
    is_away: bool = False

    def __call__(self) -> SealingKeys:
        if self.is_away:
            raise SealingKeysUnavailable
        return self.ring


def a_secret_box(keys: SealingKeys | None = None) -> AesGcmSecretBox:
    """With these keys, or with new ones."""
    ring = keys or sealing_keys("test")
    return AesGcmSecretBox(lambda: ring)

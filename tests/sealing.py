"""A secret box with keys of the tests' own: the real one, since only its keys are outside."""

from __future__ import annotations

import base64
import os

from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox
from offers.adapters.secrets.sealing_keys import SealingKeys


def sealing_keys(*kids: str) -> SealingKeys:
    """Random keys with these ids; the first seals."""
    keys = [{"kid": kid, "key": base64.b64encode(os.urandom(32)).decode()} for kid in kids]
    return SealingKeys.read({"keys": keys})


def a_secret_box(keys: SealingKeys | None = None) -> AesGcmSecretBox:
    """With these keys, or with new ones."""
    ring = keys or sealing_keys("test")
    return AesGcmSecretBox(lambda: ring)

"""What is kept sealed in the database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from offers.wiring import aws, environment

if TYPE_CHECKING:
    from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox
    from offers.adapters.secrets.sealing_keys import SealingKeys


def secret_box() -> AesGcmSecretBox:
    """Seals and opens with the keys in Secrets Manager."""
    from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox

    return AesGcmSecretBox(_sealing_keys)


def _sealing_keys() -> SealingKeys:
    """Read at every use, so that rotated keys are seen."""
    from offers.adapters.secrets.json_secret import UnreadableSecret
    from offers.adapters.secrets.sealing_keys import SealingKeys
    from offers.ports.outside.secret_box import SealingKeysUnavailable

    secret_id = environment.required(os.environ, "SEALING_KEYS_SECRET_ID")
    try:
        return SealingKeys.read(aws.secret(secret_id)())
    except UnreadableSecret as unreadable:
        raise SealingKeysUnavailable from unreadable

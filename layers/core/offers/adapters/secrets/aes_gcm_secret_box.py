"""Secrets sealed with AES-256-GCM (NIST SP 800-38D), the purpose as associated data.

A sealed text is ``sealed:1:{kid}:{base64url of nonce and ciphertext}``. Nonces are random, good for
2³² texts a key; here it is some for each partner and administrator. ``cryptography`` is loaded by
the first secret, so that a function which handles none does not pay for it.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.ports.outside.secret_box import SealBroken

if TYPE_CHECKING:
    from offers.adapters.secrets.sealing_keys import SealingKeysLoader

_PREFIX = "sealed:1:"
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class AesGcmSecretBox:
    """Port SecretBox."""

    keys: SealingKeysLoader

    def seal(self, secret: bytes, purpose: str) -> str:
        """With the first key of the ring."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        ring, nonce = self.keys(), os.urandom(_NONCE_BYTES)
        hidden = AESGCM(ring.keys[ring.current]).encrypt(nonce, secret, purpose.encode())
        return f"{_PREFIX}{ring.current}:{base64.urlsafe_b64encode(nonce + hidden).decode()}"

    def open(self, sealed: str, purpose: str) -> bytes:
        """With the key that it names."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        kid, _, text = sealed.removeprefix(_PREFIX).partition(":")
        key = self.keys().keys.get(kid)
        if key is None or not sealed.startswith(_PREFIX):
            raise SealBroken
        try:
            hidden = base64.b64decode(text, altchars=b"-_", validate=True)
            return AESGCM(key).decrypt(
                hidden[:_NONCE_BYTES], hidden[_NONCE_BYTES:], purpose.encode()
            )
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def is_current(self, sealed: str) -> bool:
        """By the key's id that it names."""
        return sealed.startswith(f"{_PREFIX}{self.keys().current}:")

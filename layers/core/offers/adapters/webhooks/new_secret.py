"""New secrets that sign webhooks."""

import base64
import secrets

_BYTES = 32


def new_webhook_secret() -> str:
    """Port NewWebhookSecret: 256 random bits in the form that Standard Webhooks' libraries take."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()

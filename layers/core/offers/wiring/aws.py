"""AWS for the providers: clients that are made when something must be sent, and secrets."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.adapters.aws import ClientFactory
    from offers.adapters.secrets.json_secret import JsonSecret


def client(service: str) -> ClientFactory:
    """Makes the client of an AWS service on the first call."""
    from offers.adapters.aws import aws_client

    return partial(aws_client, service)


@cache
def secret(secret_id: str) -> JsonSecret:
    """A JSON secret, fetched on first use and then every few minutes."""
    from offers.adapters.secrets.json_secret import JsonSecret

    return JsonSecret(client("secretsmanager"), secret_id)

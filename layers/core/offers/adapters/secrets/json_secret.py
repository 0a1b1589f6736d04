"""A JSON object in Secrets Manager.

Powertools' parameters utility would do, but forgets a secret after its time even when no fresh one
can be had.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from offers.adapters.aws import failure_code
from offers.domain import strict_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.adapters.aws import ClientFactory

logger = logging.getLogger(__name__)

MAX_AGE_SECONDS = 300
"""A rotated secret is seen after at most five minutes."""
RETRY_SECONDS = 30


class UnreadableSecret(Exception):
    """The secret is missing, out of reach or not a JSON object; its content is never told."""


class JsonSecret:
    """Gives the secret's fields, fetched at most every MAX_AGE_SECONDS.

    When it cannot be fetched again, the last known fields are used on, with a warning.
    """

    def __init__(
        self,
        client: ClientFactory,
        secret_id: str,
        *,
        now: Callable[[], float] = time.time,  # moves on while the environment is frozen
    ) -> None:
        self._client = client
        self._secret_id = secret_id
        self._now = now
        self._fields: Mapping[str, Any] | None = None
        self._fetch_at = 0.0

    def __call__(self) -> Mapping[str, Any]:
        """The fields. Raise UnreadableSecret if they were never known."""
        if self._fields is not None and self._now() < self._fetch_at:
            return self._fields
        try:
            self._fields = self._fetch()
        except UnreadableSecret as failure:
            if self._fields is None:
                raise
            logger.warning("using the last known secret: %s", failure)
            self._fetch_at = self._now() + RETRY_SECONDS
        else:
            self._fetch_at = self._now() + MAX_AGE_SECONDS
        return self._fields

    def fresh(self) -> Mapping[str, Any]:
        """The fields as they are now, for a caller whom the known ones did not serve. Raise
        UnreadableSecret if they were never known."""
        self._fetch_at = 0.0
        return self()

    def _fetch(self) -> Mapping[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            text = self._client().get_secret_value(SecretId=self._secret_id)["SecretString"]
            fields = strict_json.read_object(text)
        except (BotoCoreError, ClientError, LookupError, ValueError) as failure:
            message = f"secret {self._secret_id}: {failure_code(failure)}"
            raise UnreadableSecret(message) from None  # the cause may quote the content
        return fields

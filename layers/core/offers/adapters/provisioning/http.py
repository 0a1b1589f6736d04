"""The provisioning system over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from offers.adapters.http.cause import AnswerLost, Cause, ExchangeFailed, NothingSent
from offers.adapters.http.exchange import Exchange
from offers.adapters.provisioning.answers import (
    DEFAULT_RETRY_AFTER_SECONDS,
    read_activation,
    read_deactivation,
    read_finding,
)
from offers.adapters.secrets.json_secret import UnreadableSecret
from offers.domain.outcome import NotDone, Unknown
from offers.domain.times import rfc3339

if TYPE_CHECKING:
    from collections.abc import Callable
    from urllib.parse import SplitResult

    from offers.adapters.http.exchange import Answer
    from offers.domain.ids import TransactionId
    from offers.domain.outcome import Ending, Finding, Outcome
    from offers.ports.outside.provisioning import ProvisioningOrder

_JSON = "application/json"


Said = TypeVar("Said")


class HttpProvisioning:
    """Port Provisioning.

    ``timeout_seconds`` bounds a whole call. ``token`` gives the bearer token to send, if any. The
    operation id is the Idempotency-Key of every try.
    """

    def __init__(
        self,
        base_url: str,
        timeout_seconds: float = 5.0,
        connect_timeout_seconds: float = 1.0,
        token: Callable[[], str] | None = None,
    ) -> None:
        """Raise ValueError for a base URL that is not plain http or https."""
        base = urlsplit(base_url)
        if base.scheme not in ("http", "https") or not base.hostname or "@" in base.netloc:
            message = "The provisioning system's URL must be http(s)://host[:port][/path]"
            raise ValueError(message)
        self._base = base._replace(query="", fragment="")
        self._token = token
        self._exchange = Exchange(timeout_seconds, connect_timeout_seconds)

    def activate(self, order: ProvisioningOrder) -> Outcome:
        """POST /activations."""
        return self._post("/activations", order, read_activation)

    def deactivate(self, order: ProvisioningOrder) -> Ending:
        """POST /deactivations."""
        return self._post("/deactivations", order, read_deactivation)

    def find(self, operation_id: TransactionId) -> Finding:
        """GET /activations/{operation_id}."""
        try:
            answer = self._exchange(
                "GET", self._at(f"/activations/{operation_id}"), None, self._headers()
            )
        except ExchangeFailed as failure:
            return Unknown(failure.cause)
        return read_finding(answer)

    def _post(
        self, path: str, order: ProvisioningOrder, read: Callable[[Answer], Said]
    ) -> Said | NotDone | Unknown:
        about = {"Content-Type": _JSON, "Idempotency-Key": str(order.operation_id)}
        try:
            headers = {**self._headers(), **about}
            answer = self._exchange("POST", self._at(path), _body(order), headers)
        except NothingSent as failure:
            return NotDone(DEFAULT_RETRY_AFTER_SECONDS, failure.cause)
        except AnswerLost as failure:
            return Unknown(failure.cause)
        return read(answer)

    def _headers(self) -> dict[str, str]:
        """Raise NothingSent without the token that is wanted."""
        if self._token is None:
            return {"Accept": _JSON}
        try:
            return {"Accept": _JSON, "Authorization": f"Bearer {self._token()}"}
        except UnreadableSecret as unreadable:
            raise NothingSent(Cause.NO_CREDENTIALS) from unreadable

    def _at(self, path: str) -> SplitResult:
        return self._base._replace(path=self._base.path.rstrip("/") + path)


def _body(order: ProvisioningOrder) -> bytes:
    fields = {
        "operation_id": str(order.operation_id),
        "user_id": str(order.user_id),
        "offer_code": order.offer_code,
        "kind": order.kind,
        "expires_at": rfc3339(order.expires_at),
    }
    return json.dumps(fields).encode()

"""A caller in a few lines: signs in or has a key, calls the API, stops the demo when surprised."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from infra.http.client import JsonClient, NoReply
from infra.local.errors import StackError

SETTLE_SECONDS = 20.0
TIMEOUT_SECONDS = 60.0


@dataclass
class ApiClient:
    """Calls ``url``; raises StackError when an answer has another status than expected."""

    url: str
    token: str = ""
    api_key: str = ""

    @cached_property
    def _client(self) -> JsonClient:
        return JsonClient(self.url, TIMEOUT_SECONDS)

    def sign_in(self, username: str, password: str) -> None:
        """Remember the access token for the calls that follow."""
        credentials = {"username": username, "password": password}
        answer = self.call("POST", "/api/v1/auth/login", credentials)
        self.token = answer["access_token"]

    def call(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        """The answer's document, None for an empty one."""
        identity = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.api_key:
            identity["x-api-key"] = self.api_key
        try:
            reply = self._client(method, path, body, identity)
        except NoReply as error:
            message = f"{method} {path}: {error}"
            raise StackError(message) from error
        if reply.status != status:
            found = json.dumps(reply.document)
            message = f"{method} {path} answered {reply.status} instead of {status}: {found}"
            raise StackError(message)
        return reply.document

    def settled(self, status_url: str) -> Any:
        """The status document once it is terminal."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            document = self.call("GET", status_url)
            if document["status"] in {"SUCCESS", "FAILED"}:
                return document
            time.sleep(0.1)
        message = f"{status_url} was not settled within {SETTLE_SECONDS:.0f} seconds"
        raise StackError(message)

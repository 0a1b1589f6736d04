"""A caller in a few lines: signs in or has a key, calls the API, stops the demo when surprised."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from infra.local.errors import StackError

SETTLE_SECONDS = 20.0


@dataclass
class ApiClient:
    """Calls ``url``; raises StackError when an answer has another status than expected."""

    url: str
    token: str = ""
    api_key: str = ""

    def sign_in(self, username: str, password: str) -> None:
        """Remember the access token for the calls that follow."""
        credentials = {"username": username, "password": password}
        answer = self.call("POST", "/api/v1/auth/login", credentials)
        self.token = answer["access_token"]

    def call(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        """The answer's document, None for an empty one."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.api_key:
            headers["x-api-key"] = self.api_key
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310  # loopback
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # loopback
                got, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            got, content = error.code, error.read()
        if got != status:
            message = f"{method} {path} answered {got} instead of {status}: {content.decode()}"
            raise StackError(message)
        return json.loads(content) if content else None

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

"""Partners' keys at API Gateway."""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.adapters.aws import failure_code
from offers.ports.outside.api_keys import ApiKeysUnavailable, IssuedKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from offers.adapters.aws import ClientFactory
    from offers.domain.partner import UsagePlan

_BYTES = 32  # API Gateway takes 20 to 128 characters
_TAG = "offers-stack"


@dataclass(frozen=True, slots=True)
class ApiGatewayKeys:
    """Port ApiKeys. ``prefix`` is the stack's name: its plans are called ``prefix-plan``, and its
    keys are tagged with it, so that the functions of one stack cannot touch another's.

    A plan cannot be named to the function by its id: the plan needs the stage, the stage the
    functions.
    """

    client: ClientFactory
    prefix: str

    def issue(self, name: str, plan: UsagePlan) -> IssuedKey:
        """Create the key and attach it to its plan."""
        with _answered():
            plan_id = self._plan_id(plan)
            value = secrets.token_urlsafe(_BYTES)
            created = self.client().create_api_key(
                name=name, value=value, enabled=True, tags={_TAG: self.prefix}
            )
            key_id = str(created["id"])
            try:
                self._attach(key_id, plan_id)
            except Exception:
                with suppress(ApiKeysUnavailable):
                    self.revoke(key_id)
                raise
        return IssuedKey(key_id, value)

    def revoke(self, api_key_id: str) -> None:
        """Delete the key; its plan forgets it by itself."""
        with _answered(allowed="NotFoundException"):
            self.client().delete_api_key(apiKey=api_key_id)

    def assign(self, api_key_id: str, plan: UsagePlan) -> None:
        """A key cannot be in two plans of one stage, so there is a moment without any."""
        with _answered():
            wanted = self._plan_id(plan)
            holding = self.client().get_usage_plans(keyId=api_key_id)["items"]
            held = {str(each["id"]) for each in holding}
            if wanted not in held:
                for other in held:
                    self.client().delete_usage_plan_key(usagePlanId=other, keyId=api_key_id)
                self._attach(api_key_id, wanted)

    def _attach(self, key_id: str, plan_id: str) -> None:
        self.client().create_usage_plan_key(usagePlanId=plan_id, keyId=key_id, keyType="API_KEY")

    def _plan_id(self, plan: UsagePlan) -> str:
        name = f"{self.prefix}-{plan}"
        pages = self.client().get_paginator("get_usage_plans").paginate()
        for page in pages:
            for item in page["items"]:
                if item["name"] == name:
                    return str(item["id"])
        raise ApiKeysUnavailable


@contextmanager
def _answered(allowed: str = "") -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as failure:
        if failure_code(failure) != allowed:
            raise ApiKeysUnavailable from failure

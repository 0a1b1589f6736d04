"""A deployed stage, found by the name of its CloudFormation stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from infra.cli.connection.functions import TIMEOUT_SECONDS, invoke_deployed
from infra.cli.connection.http import Api
from infra.cli.connection.sign_in import operator_at
from infra.cli.errors import Unreachable

if TYPE_CHECKING:
    from infra.keys.secret import KeySecret

QUEUE_OUTPUT = "QueueUrl"
PATIENT = {"read_timeout": TIMEOUT_SECONDS, "retries": {"total_max_attempts": 1}}
"""As long as the longest function may run, and once: botocore would begin again after a minute."""


@dataclass(frozen=True)
class StackTarget:
    """Uses the AWS credentials and region of the environment."""

    name: str
    is_local: bool = False

    @cached_property
    def api(self) -> Api:
        """At the stack's ApiUrl, signed in as whoever the environment or the terminal says."""
        return Api(self._url, operator_at(self._url))

    def api_with_key(self, key: str) -> Api:
        """With the partner's key."""
        return Api(self._url, lambda: {"x-api-key": key})

    def invoke(self, function: str, event: object) -> Any:
        """By its physical name."""
        with _answered():
            found = self._client("cloudformation").describe_stack_resource(
                StackName=self.name, LogicalResourceId=function
            )
            physical = found["StackResourceDetail"]["PhysicalResourceId"]
            return invoke_deployed(self._client("lambda", PATIENT), physical, event)

    def queues(self) -> Mapping[str, str]:
        """All queues of the stack, which its outputs name."""
        return {
            short_name(name): url
            for name, url in self._outputs.items()
            if name.endswith(QUEUE_OUTPUT)
        }

    def sqs(self) -> Any:
        """Amazon's."""
        return self._client("sqs")

    def keys(self, output: str) -> KeySecret:
        """The secret that an output names."""
        from infra.keys.secret import KeySecret

        return KeySecret(self._client("secretsmanager"), self._outputs[output])

    @property
    def _url(self) -> str:
        return self._outputs["ApiUrl"]

    @cached_property
    def _outputs(self) -> dict[str, str]:
        with _answered():
            stacks = self._client("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
            return {o["OutputKey"]: o["OutputValue"] for o in stacks[0]["Outputs"]}

    def _client(self, service: str, settings: Mapping[str, Any] | None = None) -> Any:
        import boto3
        from botocore.config import Config

        return boto3.client(service, config=Config(**settings or {}))  # type: ignore[call-overload]  # the stubs want a literal


def short_name(output: str) -> str:
    """ActivationDeadLetterQueueUrl -> activation_dead_letter."""
    words = re.findall(r"[A-Z][a-z0-9]*", output.removesuffix(QUEUE_OUTPUT))
    return "_".join(words).lower()


@contextmanager
def _answered() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        message = f"AWS does not give access: {error}"
        raise Unreachable(message) from error

"""The stack that a command talks to, and the three ways to reach it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from infra.cli.connection.http import Api
from infra.cli.connection.sign_in import PasswordSignIn, operator_at
from infra.cli.errors import Unreachable, WrongUse
from offers.domain import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[3]
STACK_FILE = "stack.json"


class Target(Protocol):
    """One stack."""

    @property
    def is_local(self) -> bool:
        """Whether it is this machine's: throw-away data, documented passwords."""

    @property
    def api(self) -> Api:
        """The admin API, signed in on first use."""

    def api_with_key(self, key: str) -> Api:
        """The API as a partner calls it."""

    def invoke(self, function: str, event: object) -> Any:
        """Run a function by its logical id, as IAM allows; its result.

        Raises Refused with the function's error, Unreachable or WrongUse.
        """

    def queues(self) -> Mapping[str, str]:
        """URLs by short names: activation, activation_dead_letter."""

    def sqs(self) -> Any:
        """A boto3 client."""


@dataclass(frozen=True)
class ApiTarget:
    """Only the API's address is known: nothing but the admin API can be used."""

    url: str
    is_local: bool = False

    @cached_property
    def api(self) -> Api:
        """Signed in as whoever the environment or the terminal says."""
        return Api(self.url, operator_at(self.url))

    def api_with_key(self, key: str) -> Api:
        """With the partner's key."""
        return Api(self.url, lambda: {"x-api-key": key})

    def invoke(self, function: str, event: object) -> Any:  # noqa: ARG002  # as the protocol says
        """Not from outside."""
        message = f"{function} is invoked with IAM: name the stack with --stack."
        raise WrongUse(message)

    def queues(self) -> Mapping[str, str]:
        """Not from outside."""
        message = "Queues are reached with IAM: name the stack with --stack."
        raise WrongUse(message)

    def sqs(self) -> Any:
        """Not from outside."""
        return self.queues()


@dataclass(frozen=True)
class LocalTarget:
    """The laptop stack that `make run` started."""

    addresses: Mapping[str, Any]
    is_local: bool = True

    @classmethod
    def find(cls, data_folder: str) -> LocalTarget:
        """By its stack.json. Raises Unreachable if it is not running."""
        file = ROOT / data_folder / STACK_FILE
        try:
            return cls(strict_json.read_object(file.read_bytes()))
        except FileNotFoundError:
            message = f"No laptop stack is running ({file} is missing): start it with `make run`."
            raise Unreachable(message) from None

    @cached_property
    def api(self) -> Api:
        """As the seeded administrator, whose password is documented; this stack is local."""
        from infra.local.seed.people import PASSWORD

        url = str(self.addresses["api"])
        return Api(url, PasswordSignIn(url, "admin", PASSWORD))

    def api_with_key(self, key: str) -> Api:
        """With the partner's key."""
        return Api(str(self.addresses["api"]), lambda: {"x-api-key": key})

    def invoke(self, function: str, event: object) -> Any:
        """Through the stack's own control endpoint."""
        from infra.cli.connection.functions import invoke_locally

        return invoke_locally(str(self.addresses["api"]), function, event)

    def queues(self) -> Mapping[str, str]:
        """As stack.json names them."""
        return dict(self.addresses["queues"])

    def sqs(self) -> Any:
        """moto's."""
        from infra.local.aws_resources import AwsClients

        return AwsClients(str(self.addresses["aws"])).client("sqs")

"""The only module that imports SAM CLI: its packages are internal, so their version is pinned.

It reads a template as ``sam local`` does (nested stacks, Globals, intrinsic functions) and lends
the service that turns HTTP requests into Lambda proxy events.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samcli.lib.providers.api_provider import ApiProvider
from samcli.lib.providers.provider import Cors
from samcli.lib.providers.sam_base_provider import SamBaseProvider
from samcli.lib.providers.sam_function_provider import SamFunctionProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider
from samcli.local.apigw.authorizers.lambda_authorizer import LambdaAuthorizer
from samcli.local.apigw.exceptions import InvalidLambdaAuthorizerResponse
from samcli.local.apigw.exceptions import LambdaResponseParseException as InvalidProxyResponse
from samcli.local.apigw.local_apigw_service import LocalApigwService
from samcli.local.apigw.route import Route

from infra.local.errors import StackError

if TYPE_CHECKING:
    from pathlib import Path

    from samcli.lib.providers.provider import Stack

__all__ = [
    "Cors",
    "InvalidLambdaAuthorizerResponse",
    "InvalidProxyResponse",
    "LambdaAuthorizer",
    "LocalApigwService",
    "ResolvedTemplate",
    "Route",
    "resolve",
]

Translations = Mapping[str, Any]
"""Logical id -> {"Ref": …, "Arn": …}: what a resource's intrinsic functions answer here."""


@dataclass(frozen=True)
class ResolvedTemplate:
    """The template and its nested stacks with every reference replaced by a value."""

    stacks: tuple[Any, ...]

    def resources(self, *types: str) -> list[tuple[str, dict[str, Any]]]:
        """(logical id, properties) of the resources of these types, in every stack."""
        return [found for stack in self.stacks for found in stack_resources(stack, *types)]

    def functions(self) -> list[Any]:
        """As SAM CLI describes them."""
        return list(SamFunctionProvider(list(self.stacks)).get_all())

    def api(self) -> Any:
        """Its routes and authorizers, likewise."""
        return ApiProvider(list(self.stacks)).api


def stack_resources(stack: Stack, *types: str) -> list[tuple[str, dict[str, Any]]]:
    """SAM CLI's resolver renames a translated resource after its Ref, so look under both names."""
    translations = stack.parameters or {}
    found = []
    for logical_id, resource in stack.raw_resources.items():
        if resource.get("Type") in types:
            translated = translations.get(logical_id) or {}
            name = translated.get("Ref", logical_id) if isinstance(translated, dict) else logical_id
            resolved = stack.resources.get(name) or stack.resources[logical_id]
            found.append((logical_id, resolved.get("Properties") or {}))
    return found


def resolve(
    template: Path, parameters: Mapping[str, str], translations: Translations
) -> ResolvedTemplate:
    """Resolve ``template``; raises StackError when it cannot be read."""
    logging.getLogger("samcli").setLevel(logging.CRITICAL)
    try:
        stacks, _ = SamLocalStackProvider.get_stacks(
            str(template),
            parameter_overrides=dict(parameters),
            global_parameter_overrides=deepcopy(dict(translations)),
        )
    except Exception as error:
        message = f"{template} cannot be read as a SAM template: {error}"
        raise StackError(message) from error
    return ResolvedTemplate(tuple(stacks))


def outputs(stack: Stack) -> dict[str, Any]:
    """A nested stack's outputs, resolved."""
    processed = SamBaseProvider.get_template(deepcopy(stack.template_dict), stack.parameters)
    return {name: output.get("Value") for name, output in (processed.get("Outputs") or {}).items()}

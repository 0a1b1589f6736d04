"""What SAM CLI does not read of the API: key rules, authorizer caching and gateway responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infra.local.template.model import ApiSpec, GatewayResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from infra.local.template.sam_cli import ResolvedTemplate

API = "AWS::Serverless::Api"
WEB_ACL = "AWS::WAFv2::WebACL"
DEFAULT_TTL_SECONDS = 300
"""API Gateway's own default for an authorizer's cache."""


def api_spec(resolved: ResolvedTemplate, functions: Sequence[Any]) -> ApiSpec:
    """The one REST API of the template, with what its functions' events say about it."""
    apis = dict(resolved.resources(API))
    properties = next(iter(apis.values()), {})
    auth = properties.get("Auth") or {}
    return ApiSpec(
        sam_api=resolved.api(),
        key_routes=frozenset(_key_routes(functions, _is_true(auth.get("ApiKeyRequired")))),
        authorizer_ttl_seconds={
            name: _ttl_seconds(authorizer)
            for name, authorizer in (auth.get("Authorizers") or {}).items()
        },
        responses={
            kind: _response(response)
            for kind, response in (properties.get("GatewayResponses") or {}).items()
        },
        web_acl=next(iter(dict(resolved.resources(WEB_ACL)).values()), {}),
    )


def _key_routes(functions: Sequence[Any], default: bool) -> Iterator[tuple[str, str]]:  # noqa: FBT001  # the API's own default
    for function in functions:
        for event in (function.events or {}).values():
            if event["Type"] == "Api":
                route = event["Properties"]
                required = (route.get("Auth") or {}).get("ApiKeyRequired", default)
                if _is_true(required):
                    yield route["Method"].upper(), route["Path"]


def _is_true(value: object) -> bool:
    return value is True or value == "true"


def _ttl_seconds(authorizer: Mapping[str, Any]) -> int:
    value = (authorizer.get("Identity") or {}).get("ReauthorizeEvery", DEFAULT_TTL_SECONDS)
    return int(value)


def _response(properties: Mapping[str, Any]) -> GatewayResponse:
    status = properties.get("StatusCode")
    headers = (properties.get("ResponseParameters") or {}).get("Headers") or {}
    return GatewayResponse(
        status=int(status) if status is not None else None,
        headers={name: str(value) for name, value in headers.items()},
        templates=dict(properties.get("ResponseTemplates") or {}),
    )

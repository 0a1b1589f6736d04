"""Which routes there are, who may call them, and that the functions answer to the same ones."""

import importlib
from typing import Any

import pytest
from samcli.lib.providers.api_provider import ApiProvider
from samcli.lib.providers.sam_stack_provider import SamLocalStackProvider

from tests.infra.template import ROOT, Function, functions, named, resources

OPEN = {
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/refresh"),
    ("POST", "/api/v1/auth/password/reset"),
    ("POST", "/api/v1/auth/password/reset/confirm"),
    ("GET", "/api/v1/auth/password/reset/page"),
    ("POST", "/api/v1/auth/password/reset/page"),
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/api/v1/notifications/unsubscribe"),
    ("POST", "/api/v1/notifications/unsubscribe"),
    *(
        ("GET", f"{base}/{path}")
        for base in ("", "/api/v1")
        for path in ("docs", "openapi.json", "health", "health/ready")
    ),
}
API: dict[str, Any] = resources("AWS::Serverless::Api")["OffersApi"]
ROUTES = [
    ((route["Method"], route["Path"]), route)
    for function in functions()
    for _, route in function.events("Api")
]

PARTNER = {route for route, _ in ROUTES if route[1].startswith("/api/v1/partner/")}
KEY_ONLY = {"Authorizer": "NONE", "ApiKeyRequired": True}


def test_routes_are_open_only_where_the_contract_says_so() -> None:
    assert {route for route, event in ROUTES if event.get("Auth") == {"Authorizer": "NONE"}} == OPEN


def test_partners_routes_take_an_api_key_and_no_token() -> None:
    assert {route for route, event in ROUTES if event.get("Auth") == KEY_ONLY} == PARTNER
    assert PARTNER


def test_every_other_route_takes_the_default_authorizer() -> None:
    closed = [event for route, event in ROUTES if route not in OPEN | PARTNER]

    assert closed
    assert all("Auth" not in event for event in closed)
    assert API["Auth"]["DefaultAuthorizer"] in API["Auth"]["Authorizers"]


def test_sam_local_keeps_the_same_routes_closed() -> None:
    stacks, _ = SamLocalStackProvider.get_stacks(str(ROOT / "template.yaml"))
    routes = ApiProvider(stacks).api.routes

    found = {
        (method, route.path): getattr(route.authorizer_object, "lambda_name", None)
        for route in routes
        for method in route.methods
        if method != "OPTIONS"  # preflights, which the gateway answers by itself
    }
    no_token = OPEN | PARTNER
    expected = {route: None if route in no_token else "AuthorizeFunction" for route, _ in ROUTES}
    assert found == expected


def test_a_route_belongs_to_one_function_of_one_api() -> None:
    routes = [route for route, _ in ROUTES]

    assert len(routes) == len(set(routes))
    assert all(event["RestApiId"] == {"Ref": "OffersApi"} for _, event in ROUTES)


def test_throttled_routes_exist() -> None:
    singled_out = {
        (setting["HttpMethod"], setting["ResourcePath"].removeprefix("/").replace("~1", "/"))
        for setting in API["MethodSettings"]
        if setting["ResourcePath"] != "/*"
    }

    assert singled_out
    assert singled_out <= {route for route, _ in ROUTES}


@pytest.mark.parametrize("function", [f for f in functions() if any(f.events("Api"))], ids=named)
def test_the_module_answers_to_its_routes(function: Function) -> None:
    module = importlib.import_module("functions." + function.module.replace("/", "."))
    answered = {
        (method, str(route.path).replace("<", "{").replace(">", "}"))
        for route in module.app.routes
        for method in ([route.method] if isinstance(route.method, str) else route.method)
    }

    assert answered == {(r["Method"], r["Path"]) for _, r in function.events("Api")}

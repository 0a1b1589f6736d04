from __future__ import annotations

import importlib.util
import json
from typing import Any

import pytest
from openapi_spec_validator import validate

from infra.openapi.build import DOCUMENT, ROOT, build
from infra.openapi.handlers import routed_files
from offers.entrypoints.http.problems import PROBLEM_TYPES
from tests.unit.entrypoints.http.calling import Reply, an_event, call

CURRENT = build()
WITH_DOCUMENT = {("GET /health/ready", "503")}  # tells which part is missing
METHODS = {"get", "post", "put", "patch", "delete"}


def operations() -> list[tuple[str, dict[str, Any]]]:
    paths = json.loads(CURRENT)["paths"]
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_stored_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == CURRENT, "run `make openapi`"


def test_the_document_is_valid_openapi() -> None:
    validate(json.loads(CURRENT))


@pytest.mark.parametrize(("name", "operation"), operations(), ids=lambda value: str(value)[:40])
def test_every_operation_says_what_can_go_wrong(name: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert operation["operationId"]
    failures = {s: answer for s, answer in operation["responses"].items() if int(s) >= 400}
    assert "500" in failures
    assert operation["security"] == [] or "401" in failures or "403" in failures
    for status, answer in failures.items():
        if (name, status) in WITH_DOCUMENT:
            continue
        assert set(answer["content"]) == {"application/problem+json"}
        codes = [part.split("`")[0] for part in answer["description"].split("`")[1::2]]
        assert codes
        assert all(str(PROBLEM_TYPES[code].status) == status for code in codes), name


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _, operation in operations()]
    assert len(set(ids)) == len(ids)


def test_every_routed_function_exists() -> None:
    assert all(file.is_file() for file in routed_files(ROOT / "template.yaml"))


def serve(function: str, path: str, **headers: str) -> Reply:
    spec = importlib.util.spec_from_file_location(function, ROOT / f"functions/docs/{function}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return call(module.handler, an_event("GET", path, headers=headers, authorizer=None))


@pytest.mark.parametrize("path", ["/openapi.json", "/api/v1/openapi.json/"])
def test_the_document_is_served_as_stored(path: str) -> None:
    reply = serve("get_openapi", path)
    assert (reply.status, reply.body) == (200, DOCUMENT.read_text(encoding="utf-8"))
    again = serve("get_openapi", path, **{"If-None-Match": reply.headers["ETag"]})
    assert (again.status, again.body) == (304, None)


@pytest.mark.parametrize("path", ["/docs", "/docs/", "/api/v1/docs"])
def test_the_page_needs_no_internet(path: str) -> None:
    reply = serve("get_swagger", path)
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    page = str(reply.body)
    assert "src=" not in page.partition("<body>")[0]
    assert "<script src" not in page
    assert '<link rel="stylesheet"' not in page
    assert "persistAuthorization: false" in page, "a token is in the page's memory only"
    assert 'localStorage.removeItem("authorized")' in page, "and what was stored before is gone"
    assert len(page.encode()) < 5_000_000  # a function may answer with 6 MB

"""What every answer tells browsers."""

from __future__ import annotations

import pytest

from offers.entrypoints.http import browsers
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import an_event, call

PATH = "/api/v1/things"


@pytest.mark.parametrize("path", [PATH, "/api/v1/nowhere", "/api/v1/fail/bug"])
def test_no_answer_is_to_be_guessed_at(path: str) -> None:
    answer = call(sample.handler, an_event("GET", path))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_tls_is_insisted_on_where_it_is() -> None:
    secure = an_event("GET", PATH, headers={"X-Forwarded-Proto": "https"})
    assert "max-age" in call(sample.handler, secure).headers["Strict-Transport-Security"]
    plain = an_event("GET", PATH, headers={"X-Forwarded-Proto": "http"})
    assert "Strict-Transport-Security" not in call(sample.handler, plain).headers


def test_no_origin_is_allowed_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Access-Control-Allow-Origin" not in call(sample.handler, an_event("GET", PATH)).headers
    monkeypatch.setattr(browsers, "_ORIGIN", "https://app.example.com")
    monkeypatch.setitem(browsers._CORS, "Access-Control-Allow-Origin", ["https://app.example.com"])
    answer = call(sample.handler, an_event("GET", PATH))
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    assert answer.headers["Vary"] == "Origin"

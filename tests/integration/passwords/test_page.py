"""The page behind the link, through its handler."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from offers.domain.errors.sessions import PasswordNotAccepted, ResetLinkInvalid
from offers.services.passwords.reset_password import ResetPassword

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3]
EVENT = json.loads((ROOT / "events/auth/show_password_reset.json").read_text())
TOKEN = EVENT["queryStringParameters"]["token"]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """The handler over a use case that does as told."""

    def answer(
        method: str = "POST", refusal: Exception | None = None, **changes: Any
    ) -> dict[str, Any]:
        def reset(_self: ResetPassword, token: str, wanted: str, _address: str) -> None:
            assert token == TOKEN
            seen.append(wanted)
            if refusal is not None:
                raise refusal

        monkeypatch.setattr(ResetPassword, "__call__", reset)
        module = runpy.run_path(str(ROOT / "functions/auth/show_password_reset.py"))
        module["take_password"].__globals__["make"] = lambda use_case: use_case.__new__(use_case)
        event = EVENT | {"httpMethod": method} | changes
        context = Mock(function_name="f", memory_limit_in_mb=128, aws_request_id="1")
        return {**module["handler"](event, context), "seen": list(seen)}

    seen: list[str] = []
    return answer


def test_opening_it_asks_and_changes_nothing(answers: Any) -> None:
    answer = answers("GET")
    assert (answer["statusCode"], answer["seen"]) == (200, [])
    assert f'action="?token={TOKEN}"' in answer["body"]
    assert "<script" not in answer["body"]
    headers = answer["multiValueHeaders"]
    assert headers["Referrer-Policy"] == ["no-referrer"]
    assert "form-action 'self'" in headers["Content-Security-Policy"][0]


def test_the_forms_password_is_taken(answers: Any) -> None:
    answer = answers()
    assert (answer["statusCode"], answer["seen"]) == (200, ["a long passphrase"])
    assert "<form" not in answer["body"]


def test_a_refused_password_is_asked_for_again_and_never_shown(answers: Any) -> None:
    answer = answers(refusal=PasswordNotAccepted())
    assert answer["statusCode"] == 422
    assert "<form" in answer["body"]
    assert "a long passphrase" not in answer["body"]


def test_a_used_link_says_so_in_the_browsers_language(answers: Any) -> None:
    french = {"headers": {**EVENT["headers"], "Accept-Language": "fr-CH, en;q=0.5"}}
    answer = answers(refusal=ResetLinkInvalid(), **french)
    assert answer["statusCode"] == 404
    assert "Demandez-en un nouveau" in answer["body"]


@pytest.mark.parametrize("body", ["", "x=1", "new_password=" + "a" * 129])
def test_what_is_no_password_is_passed_on_as_none(answers: Any, body: str) -> None:
    assert answers(body=body, refusal=PasswordNotAccepted(8))["seen"] == [""]

"""A release has traffic only after every new version has answered as it must."""

from __future__ import annotations

import io
import json
from importlib import import_module
from typing import Any

import pytest

from functions.ops import check_release
from offers.adapters.releases.deployment_hooks import CodeDeployHooks
from offers.adapters.releases.new_versions import LambdaVersions
from offers.domain.errors.sessions import InvalidToken
from tests.infra.grants import STEPWISE
from tests.infra.template import Function, functions, named
from tests.unit.entrypoints.http.calling import FakeContext

EVENT = {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "e-1"}
AUTHORIZER = "AuthorizeFunction"
CHECKED = [each for each in functions() if each.logical_id in STEPWISE]


class FakeAws:
    """Lambda, whose versions answer as they are told, and CodeDeploy, which keeps the word."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.told: list[dict[str, str]] = []

    def invoke(self, **request: Any) -> dict[str, Any]:
        assert json.loads(request["Payload"]) == check_release.QUESTION
        return {"Payload": io.BytesIO(json.dumps(self.answers.pop(0)).encode())}

    def put_lifecycle_event_hook_execution_status(self, **word: str) -> None:
        self.told.append(word)


def status_after(monkeypatch: pytest.MonkeyPatch, *answers: object) -> str:
    aws = FakeAws(*answers)
    parts: dict[str, object] = {
        "new_versions": LambdaVersions(lambda: aws, [f"version:{n}" for n in range(len(answers))]),
        "deployment_hooks": CodeDeployHooks(lambda: aws),
    }
    monkeypatch.setattr(check_release, "make", lambda provider: parts[provider.__name__])
    check_release.handler(EVENT, FakeContext())  # type: ignore[arg-type]  # all that is read of it
    (word,) = aws.told
    assert (word["deploymentId"], word["lifecycleEventHookExecutionId"]) == ("d-1", "e-1")
    return word["status"]


def test_every_version_answers_as_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    fit: tuple[object, ...] = (
        {"statusCode": 404},
        {"batchItemFailures": []},
        {"errorMessage": "Unauthorized"},
    )

    assert status_after(monkeypatch, *fit) == "Succeeded"


@pytest.mark.parametrize(
    "unfit",
    [
        {"statusCode": 500},
        {"errorType": "Runtime.ImportModuleError", "errorMessage": "Unable to import module"},
        {"errorMessage": "secret offers/keys: ResourceNotFoundException"},
        {},
    ],
)
def test_one_that_does_not_keeps_the_traffic(
    monkeypatch: pytest.MonkeyPatch, unfit: dict[str, Any]
) -> None:
    assert status_after(monkeypatch, {"statusCode": 404}, unfit) == "Failed"


@pytest.mark.parametrize("function", CHECKED, ids=named)
def test_the_functions_that_are_checked_answer_so(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real handlers; the authorizer's keys are what its own tests are about."""
    module = import_module("functions." + function.module.replace("/", "."))
    if function.logical_id == AUTHORIZER:
        monkeypatch.setattr(module, "make", lambda _: _refuse)
    try:
        answer = module.handler(check_release.QUESTION, FakeContext())
    except Exception as error:  # noqa: BLE001  # Lambda words it so
        answer = {"errorMessage": str(error)}

    assert check_release._is_fit(json.loads(json.dumps(answer)))


def _refuse(_token: str) -> None:
    raise InvalidToken

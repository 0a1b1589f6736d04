"""Functions run as Lambda runs them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
import pytest

from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Http

pytestmark = pytest.mark.integration


def _invoke(http: Http, function: str, event: object) -> tuple[int, object]:
    answer = http("POST", f"/_local/functions/{function}/invocations", event)
    return answer.status, answer.json()


def test_environment_holds_the_templates_variables_and_nothing_of_ours(
    http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKED", "yes")
    seen = http("GET", "/open").json()
    environment = seen["environment"]
    assert environment["GREETING"] == "hello from local"
    assert environment["ONLY_HERE"] == "yes"
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == seen["function_name"] == "EchoFunction"
    assert "LEAKED" not in environment
    assert environment["LETTER_QUEUE_URL"].endswith("/123456789012/letters-local")
    assert environment["DATABASE_URL"].startswith("postgresql://offers_app@/")


def test_context_is_lambdas(http: Http) -> None:
    seen = http("GET", "/open").json()
    assert seen["arn"] == "arn:aws:lambda:us-east-1:123456789012:function:EchoFunction"
    assert 4000 < seen["remaining"] <= 5000
    assert seen["layer"] == "shop layer"


def test_environment_is_kept_warm(http: Http) -> None:
    first, second = http("GET", "/open").json(), http("GET", "/open").json()
    assert second["pid"] == first["pid"]
    assert second["invocations"] == first["invocations"] + 1


def test_concurrent_invocations_have_environments_of_their_own(http: Http) -> None:
    def nap(_: int) -> str:
        return http("POST", "/misbehave", {"do": "sleep", "seconds": 0.8}).content.decode()

    with ThreadPoolExecutor(8) as threads:
        pids = set(threads.map(nap, range(8)))
    assert len(pids) >= 4  # on a busy machine the last may start when the first are free again


def test_invocation_beyond_the_timeout_is_killed(http: Http) -> None:
    _, pid = _invoke(http, "MisbehaveFunction", {"do": "nothing"})
    assert isinstance(pid, dict)
    started = time.monotonic()
    status, error = _invoke(http, "MisbehaveFunction", {"do": "hang"})
    assert time.monotonic() - started < 3
    assert status == 502
    assert isinstance(error, dict)
    assert error["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in error["errorMessage"]
    wait_for(lambda: not psutil.pid_exists(int(pid["body"])), seconds=2)


def test_error_is_reported_as_lambda_reports_it(http: Http) -> None:
    status, error = _invoke(http, "MisbehaveFunction", {"do": "raise"})
    assert isinstance(error, dict)
    assert (status, error["errorType"], error["errorMessage"]) == (502, "KeyError", "'raise'")
    assert "misbehave.py" in error["stackTrace"][0]


@pytest.mark.parametrize(
    ("wish", "error_type"),
    [
        ("crash", "Runtime.ExitError"),
        ("exit", "Runtime.ExitError"),
        ("unmarshallable", "Runtime.MarshalError"),
    ],
)
def test_other_ways_to_fail(http: Http, wish: str, error_type: str) -> None:
    _, error = _invoke(http, "MisbehaveFunction", {"do": wish})
    assert isinstance(error, dict)
    assert error["errorType"] == error_type


def test_module_that_cannot_be_imported(http: Http) -> None:
    _, error = _invoke(http, "ImportFailureFunction", {})
    assert isinstance(error, dict)
    assert error["errorType"] == "Runtime.ImportModuleError"


def test_unknown_function_is_404(http: Http) -> None:
    status, _ = _invoke(http, "NoSuchFunction", {})
    assert status == 404


def test_output_goes_to_the_functions_log(http: Http, stack: LaptopStack) -> None:
    _invoke(http, "MisbehaveFunction", {"do": "raise"})
    log = stack.data_dir / "logs" / "MisbehaveFunction.log"
    assert "KeyError" in log.read_text()

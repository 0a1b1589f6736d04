"""A step of a deployment is always answered, so that CloudFormation never waits in vain."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from offers.entrypoints.events import custom_resource

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT: Any = SimpleNamespace(
    function_name="migrate",
    log_stream_name="2026/01/01/migrate",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:123456789012:function:migrate",
    aws_request_id="1",
)


@contextmanager
def cloudformation() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The address to answer at, and the answers that came."""
    answers: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            assert self.headers["Content-Type"] == ""
            answers.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/?signed", answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asking(url: str, request_type: str = "Update") -> dict[str, Any]:
    return {
        "RequestType": request_type,
        "ResponseURL": url,
        "StackId": "stack",
        "RequestId": "request",
        "LogicalResourceId": "Migration",
        "PhysicalResourceId": "as-before",
        "ResourceProperties": {"Release": "0123456789"},
    }


def test_what_was_done_is_told_with_the_release_that_others_wait_for() -> None:
    with cloudformation() as (url, answers):
        custom_resource.handler(lambda: {"revision": "0009"})(asking(url), CONTEXT)

    assert answers == [
        {
            "Status": "SUCCESS",
            "Data": {"revision": "0009", "Release": "0123456789"},
            "PhysicalResourceId": "as-before",
            "StackId": "stack",
            "RequestId": "request",
            "LogicalResourceId": "Migration",
        }
    ]


def test_a_failure_is_told_without_what_it_says() -> None:
    def fail() -> dict[str, str]:
        message = "Failing row contains (ada@example.com)"
        raise ValueError(message)

    with cloudformation() as (url, answers):
        custom_resource.handler(fail)(asking(url), CONTEXT)

    assert answers[0]["Status"] == "FAILED"
    assert answers[0]["Reason"] == "ValueError; the log stream 2026/01/01/migrate says more"


def test_deleting_the_stack_does_nothing() -> None:
    with cloudformation() as (url, answers):
        custom_resource.handler(lambda: pytest.fail("it ran"))(asking(url, "Delete"), CONTEXT)

    assert answers[0]["Status"] == "SUCCESS"


def test_by_hand_it_answers_or_raises() -> None:
    assert custom_resource.handler(lambda: {"revision": "0009"})({}, CONTEXT) == {
        "revision": "0009"
    }
    with pytest.raises(ZeroDivisionError):
        custom_resource.handler(lambda: {"never": str(1 // 0)})({}, CONTEXT)

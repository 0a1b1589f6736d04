"""Functions that a deployment runs: CloudFormation's custom resources, answered always.

CloudFormation waits for an answer at a URL of its own, up to an hour; whoever does not answer stops
the deployment that long. The documents are those of
docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry

_SECONDS_TO_ANSWER = 10


def handler(
    task: Callable[[], dict[str, str]],
) -> Callable[[dict[str, Any], LambdaContext], dict[str, str]]:
    """The Lambda handler: runs ``task`` and answers with its result. Deleting does nothing.

    Invoked by hand, without an address to answer at, it returns the result or raises.
    """

    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
        telemetry.begin("", context)
        if "ResponseURL" not in event:
            return task()
        try:
            done = {} if event["RequestType"] == "Delete" else task()
        except Exception as failure:  # noqa: BLE001  # whatever it was, CloudFormation waits for word
            telemetry.logger.exception("a step of the deployment failed")
            _answer(event, context, {"Status": "FAILED", "Reason": _reason(failure, context)})
            return {}
        release = event.get("ResourceProperties", {}).get("Release", "")
        _answer(event, context, {"Status": "SUCCESS", "Data": {**done, "Release": release}})
        return done

    return handle


def _reason(failure: Exception, context: LambdaContext) -> str:
    """The failure's kind only: what it says may quote a row."""
    return f"{type(failure).__name__}; the log stream {context.log_stream_name} says more"


def _answer(event: Mapping[str, Any], context: LambdaContext, document: dict[str, Any]) -> None:
    body = {
        **document,
        "PhysicalResourceId": event.get("PhysicalResourceId", context.function_name),
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")},
    }
    request = urllib.request.Request(  # noqa: S310  # CloudFormation's own https URL
        event["ResponseURL"],
        json.dumps(body).encode(),
        {"Content-Type": ""},  # the URL is signed without one
        method="PUT",
    )
    with urllib.request.urlopen(request, timeout=_SECONDS_TO_ANSWER):  # noqa: S310  # likewise
        pass

"""Calls a release's new versions before traffic goes to them; CodeDeploy waits for its word."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry
from offers.wiring import make, releases

QUESTION: dict[str, Any] = {
    "httpMethod": "GET",
    "path": "/release-check",
    "resource": "/release-check",
    "headers": {},
    "requestContext": {"path": "/release-check"},
    "Records": [],
    "authorizationToken": "Bearer release.check.token",
    "methodArn": "arn:aws:execute-api:::release-check/check/GET/",
}
"""An event that asks for nothing: to an endpoint an unknown route, to a worker an empty batch, to
the authorizer a token that nobody signed, for which it has to read the keys."""


def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Let the traffic move only if every version answers as it must."""
    telemetry.begin("", context)
    answers = make(releases.new_versions).answers(QUESTION)
    unfit = {version: answer for version, answer in answers if not _is_fit(answer)}
    for version, answer in unfit.items():
        telemetry.logger.error("version is unfit", extra={"version": version, "answer": answer})
    make(releases.deployment_hooks).answer(event, is_fit=not unfit)


def _is_fit(answer: dict[str, Any]) -> bool:
    return (
        answer.get("statusCode") == 404  # noqa: PLR2004  # RFC 9110 §15.5.5
        or answer == {"batchItemFailures": []}
        or answer.get("errorMessage") == "Unauthorized"
    )

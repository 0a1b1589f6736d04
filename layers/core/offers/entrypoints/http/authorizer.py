"""API Gateway's TOKEN authorizer: what comes in, and the policy that goes out."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerResponse,
    APIGatewayAuthorizerTokenEvent,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.domain.errors.sessions import InvalidToken
from offers.entrypoints import telemetry
from offers.entrypoints.http.caller import authorizer_context
from offers.ports.outside.tokens import AccessClaims

_SCHEME = "bearer "


class Unauthorized(Exception):
    """API Gateway answers 401 to exactly this message, and 500 to any other exception."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


def bearer(event: dict[str, Any], context: LambdaContext) -> str:
    """The token of ``Authorization: Bearer …`` (RFC 6750 §2.1). Raises InvalidToken."""
    telemetry.begin("", context)
    header = str(event.get("authorizationToken") or "")
    if not header.lower().startswith(_SCHEME):
        raise InvalidToken
    return header[len(_SCHEME) :].strip()


def allow(event: dict[str, Any], claims: AccessClaims) -> dict[str, Any]:
    """Allows the whole stage, not the one method asked for: the gateway caches it per token."""
    method = APIGatewayAuthorizerTokenEvent(event).parsed_arn
    policy = APIGatewayAuthorizerResponse(
        principal_id=str(claims.user_id),
        region=method.region,
        aws_account_id=method.aws_account_id,
        api_id=method.api_id,
        stage=method.stage,
        partition=method.partition,
        context=authorizer_context(claims),
    )
    policy.allow_all_routes()
    return policy.asdict()

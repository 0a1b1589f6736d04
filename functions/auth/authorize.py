"""The API's TOKEN authorizer."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.domain.errors.sessions import InvalidToken
from offers.entrypoints.http import authorizer
from offers.services.sessions.authorize_caller import AuthorizeCaller
from offers.wiring import make


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Allow the API to the bearer of a valid access token; anything else is a 401."""
    try:
        return authorizer.allow(event, make(AuthorizeCaller)(authorizer.bearer(event, context)))
    except InvalidToken:
        raise authorizer.Unauthorized from None

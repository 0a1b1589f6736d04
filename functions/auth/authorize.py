"""The API's TOKEN authorizer."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers import wiring
from offers.domain.errors import InvalidToken
from offers.entrypoints import authorizer


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Allow the API to the bearer of a valid access token; anything else is a 401."""
    try:
        return authorizer.allow(event, wiring.authorize_caller()(authorizer.bearer(event, context)))
    except InvalidToken:
        raise authorizer.Unauthorized from None

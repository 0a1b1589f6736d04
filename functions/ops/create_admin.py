"""Creates an administrator. Invoked by an operator with IAM, where nobody can sign in yet."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry
from offers.entrypoints.http.schemas.admin.customers import CreateAdminRequest, new_administrator
from offers.services.customers.create_administrator import CreateAdministrator
from offers.wiring import make


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """The new user's id. The event holds an argon2id hash, never a password.

    Raises pydantic's ValidationError for a bad event, and UsernameTaken.
    """
    telemetry.begin("", context)
    request = CreateAdminRequest.model_validate(event)
    view = make(CreateAdministrator)(
        new_administrator(request), request.password_hash, request.reason
    )
    telemetry.logger.info("administrator created", extra={"user_id": str(view.user.id)})
    return {"id": str(view.user.id), "username": view.user.username}

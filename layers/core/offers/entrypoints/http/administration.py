"""What every administration endpoint shares: who may call, and from which version they change."""

from __future__ import annotations

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from offers.domain.changes import SeenVersions
from offers.domain.ids import UserId
from offers.entrypoints.http import rest
from offers.entrypoints.http.request_errors import PreconditionRequired


class AdminApp(rest.App):
    """Refuses everybody but administrators, before their request is even validated."""

    def _answer(self, event: APIGatewayProxyEvent) -> Response[str]:
        rest.caller().require_admin()
        return super()._answer(event)


def app() -> AdminApp:
    """A new application for one of administrators' functions."""
    return AdminApp("admin")


def admin_id() -> UserId:
    """The signed-in administrator, as far as the token tells; the service asks the store again."""
    return rest.caller().user_id


def required_versions() -> SeenVersions:
    """What If-Match names; without it a change of one administrator could undo another's.

    Raises PreconditionRequired.
    """
    if rest.header("If-Match") is None:
        raise PreconditionRequired
    return rest.seen_versions()

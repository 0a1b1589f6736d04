"""PATCH /admin/users/{id}."""

from uuid import UUID

from offers.domain.administration_errors import CannotDeactivateSelf
from offers.domain.errors import UserNotFound
from offers.domain.ids import UserId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_users import ChangeUserRequest, UserDocument, user_document
from offers.wiring import administration as wiring

app = administration.app()


@app.patch("/api/v1/admin/users/<user_id>")
@rest.documents(
    {200: UserDocument},
    UserNotFound,
    CannotDeactivateSelf,
    if_match="honoured",
)
def change_user(user_id: UUID, body: ChangeUserRequest) -> rest.Answer:
    """Deactivate a user, or let them in again.

    A deactivated user cannot sign in, prolong a session or buy; access tokens that are out already
    end within their fifteen minutes. `If-Match` is honoured.
    """
    view = wiring.set_user_active()(
        administration.admin_id(),
        UserId(user_id),
        active=body.active,
        precondition=administration.precondition(),
        reason=body.reason,
    )
    return rest.ok(user_document(view), etag=rest.entity_tag(view.user.version))


handler = rest.handler(app)

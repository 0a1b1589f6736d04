"""PATCH /admin/users/{id}."""

from uuid import UUID

from offers.domain.errors.customers import CannotDeactivateSelf, UserNotFound
from offers.domain.ids import UserId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.customers import (
    ChangeUserRequest,
    UserDocument,
    user_document,
)
from offers.services.customers.set_user_active import SetUserActive
from offers.wiring import make

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

    Deactivating ends all sessions at once, access tokens included; a deactivated user cannot sign
    in, buy or change anything, and nothing renews by itself. `If-Match` is honoured.
    """
    view = make(SetUserActive)(
        administration.admin_id(),
        UserId(user_id),
        is_active=body.active,
        seen=rest.seen_versions(),
        reason=body.reason,
    )
    return rest.ok(user_document(view), etag=rest.entity_tag(view.user.version))


handler = rest.handler(app)

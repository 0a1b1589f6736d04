"""POST /admin/users."""

from offers.domain.administration_errors import UsernameTaken
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_users import (
    CreateUserRequest,
    UserDocument,
    new_user,
    user_document,
)
from offers.wiring import administration as wiring

app = administration.app()


@app.post("/api/v1/admin/users")
@rest.documents({201: UserDocument}, UsernameTaken)
def create_user(body: CreateUserRequest) -> rest.Answer:
    """Register a customer or an administrator, with an empty account."""
    admin_id = administration.admin_id()
    view = wiring.create_user()(admin_id, new_user(body), body.password, body.reason)
    return rest.created(
        user_document(view),
        location=f"/api/v1/admin/users/{view.user.id}",
        etag=rest.entity_tag(view.user.version),
    )


handler = rest.handler(app)

"""POST /admin/users."""

from offers.domain.errors.customers import UsernameTaken
from offers.domain.errors.sessions import PasswordNotAccepted
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.customers import (
    CreateUserRequest,
    UserDocument,
    new_user,
    user_document,
)
from offers.services.customers.create_user import CreateUser
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/users")
@rest.documents({201: UserDocument}, UsernameTaken, PasswordNotAccepted)
def create_user(body: CreateUserRequest) -> rest.Answer:
    """Register a customer or an administrator, with an empty account."""
    admin_id = administration.admin_id()
    view = make(CreateUser)(admin_id, new_user(body), body.password, body.reason)
    return rest.created(
        user_document(view),
        location=f"/api/v1/admin/users/{view.user.id}",
        etag=rest.entity_tag(view.user.version),
    )


handler = rest.handler(app)

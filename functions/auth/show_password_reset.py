"""GET and POST /auth/password/reset/page: the link in the email."""

from offers.domain.errors.sessions import PasswordNotAccepted, ResetLinkInvalid
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.passwords import ResetToken
from offers.entrypoints.pages import password_reset_page
from offers.services.passwords.reset_password import ResetPassword
from offers.wiring import make

app = rest.app("auth", ignores_body=True)


@app.get("/api/v1/auth/password/reset/page")
@rest.documents({200: None}, security=None)
def ask_for_password(token: ResetToken) -> rest.Answer:
    """A page that asks for the new password.

    Opening the link changes nothing, since mail programs open links by themselves.
    """
    return password_reset_page.asking(token)


@app.post("/api/v1/auth/password/reset/page")
@rest.documents({200: None}, security=None)
def take_password(token: ResetToken) -> rest.Answer:
    """What the page sends: a form with `new_password`."""
    wanted = password_reset_page.new_password()
    try:
        make(ResetPassword)(token, wanted, rest.source_ip())
    except ResetLinkInvalid:
        return password_reset_page.useless()
    except PasswordNotAccepted:
        return password_reset_page.asking(token, is_refused=True)
    return password_reset_page.done()


handler = rest.handler(app)

"""GET and POST /notifications/unsubscribe: the link in reminders (RFC 8058)."""

from offers.domain.errors.notifications import UnsubscribeLinkUnknown
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.notifications import Reminders, Token
from offers.entrypoints.pages import unsubscribe_page
from offers.services.notifications.change_reminders import ChangeReminders
from offers.services.notifications.find_reminders import FindReminders
from offers.wiring import make

app = rest.app("notifications", ignores_body=True)


@app.get("/api/v1/notifications/unsubscribe")
@rest.documents({200: None}, UnsubscribeLinkUnknown, security=None)
def ask(token: Token) -> rest.Answer:
    """A page that asks whether to stop reminders.

    Opening the link changes nothing, since mail programs open links by themselves.
    """
    user = make(FindReminders)(token)
    return unsubscribe_page.asking(user.locale, token, wanted=user.wants_reminders)


@app.post("/api/v1/notifications/unsubscribe")
@rest.documents({200: None}, UnsubscribeLinkUnknown, security=None)
def unsubscribe(token: Token, reminders: Reminders = "off") -> rest.Answer:
    """Stop reminders, or with `reminders=on` get them again.

    Mail programs POST here with one click, without signing in (RFC 8058 §3.2).
    """
    wanted = reminders == "on"
    user = make(ChangeReminders)(token, wanted=wanted)
    return unsubscribe_page.changed(user.locale, token, wanted=wanted)


handler = rest.handler(app)

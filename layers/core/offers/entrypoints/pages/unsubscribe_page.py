"""The page behind the link in reminders: no script, nothing from elsewhere, one button."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from uuid import UUID

from offers.entrypoints.http.answers import NO_STORE, Answer

HEADERS = {
    "Cache-Control": NO_STORE,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address holds the token
}
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto;
  padding: 0 1rem; }}
button {{ font: inherit; padding: .6rem 1rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{message}</p>
<form method="post" action="?token={token}&amp;reminders={choice}"><button>{button}</button></form>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    asking: str
    stopped: str
    sent: str
    stop: str
    send: str


_WORDS = {
    "en": _Words(
        title="Reminders by email",
        asking="Shall we stop reminding you before a subscription ends? "
        "You will still receive receipts.",
        stopped="You will receive no more reminders. Receipts are still sent.",
        sent="You will be reminded before a subscription ends.",
        stop="Stop reminders",
        send="Send me reminders again",
    ),
    "fr": _Words(
        title="Rappels par e-mail",
        asking="Ne plus vous rappeler la fin prochaine d’un abonnement ? "
        "Vous recevrez toujours les reçus.",
        stopped="Vous ne recevrez plus de rappels. Les reçus restent envoyés.",
        sent="Nous vous rappellerons la fin prochaine d’un abonnement.",
        stop="Ne plus recevoir de rappels",
        send="Recevoir de nouveau des rappels",
    ),
}


def asking(locale: str, token: UUID, *, wanted: bool) -> Answer:
    """Asks whether to stop; where they are off already, says so."""
    words = _words(locale)
    return _page(locale, token, words.asking if wanted else words.stopped, wanted=wanted)


def changed(locale: str, token: UUID, *, wanted: bool) -> Answer:
    """Says what now holds, and offers the way back."""
    words = _words(locale)
    return _page(locale, token, words.sent if wanted else words.stopped, wanted=wanted)


def _page(locale: str, token: UUID, message: str, *, wanted: bool) -> Answer:
    words = _words(locale)
    body = _PAGE.format(
        language=_language(locale),
        title=escape(words.title),
        message=escape(message),
        token=token,
        choice="off" if wanted else "on",
        button=escape(words.stop if wanted else words.send),
    )
    return Answer(200, "text/html; charset=utf-8", body, dict(HEADERS))


def _words(locale: str) -> _Words:
    return _WORDS[_language(locale)]


def _language(locale: str) -> str:
    language = locale.replace("_", "-").partition("-")[0].lower()
    return language if language in _WORDS else "en"

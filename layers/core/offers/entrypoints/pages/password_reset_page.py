"""The page behind the link in an email about a forgotten password: no script, nothing from
elsewhere, one field."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs

from offers.entrypoints.http import incoming
from offers.entrypoints.http.answers import Answer
from offers.entrypoints.pages.unsubscribe_page import HEADERS

_LONGEST = 128
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
button, input {{ font: inherit; padding: .6rem 1rem; }}
input {{ display: block; width: 100%; box-sizing: border-box; margin: .3rem 0 1rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p role="status">{message}</p>
{form}
</body>
</html>
"""
_FORM = """<form method="post" action="?token={token}">
<label for="new_password">{label}</label>
<input id="new_password" name="new_password" type="password" autocomplete="new-password"
  minlength="8" maxlength="128" required>
<button>{button}</button>
</form>"""


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    asking: str
    refused: str
    done: str
    useless: str
    label: str
    button: str


_WORDS = {
    "en": _Words(
        title="Choose a password",
        asking="Use at least 8 characters, 12 if you administer the service. A few words that do "
        "not belong together are a good password.",
        refused="This password is too short or easy to guess. Choose another one.",
        done="Your password has been changed, and you have been signed out everywhere. "
        "You can sign in with the new one now.",
        useless="This link has been used or is too old. Ask for a new one.",
        label="New password",
        button="Save",
    ),
    "fr": _Words(
        title="Choisir un mot de passe",
        asking="Au moins 8 caractères, 12 si vous administrez le service. Quelques mots sans "
        "rapport entre eux font un bon mot de passe.",
        refused="Ce mot de passe est trop court ou facile à deviner. Choisissez-en un autre.",
        done="Votre mot de passe a été changé et toutes vos sessions sont fermées. "
        "Vous pouvez maintenant vous connecter avec le nouveau.",
        useless="Ce lien a déjà servi ou est trop ancien. Demandez-en un nouveau.",
        label="Nouveau mot de passe",
        button="Enregistrer",
    ),
}


def new_password() -> str:
    """What the form holds; empty if it holds none, or one that is too long."""
    fields = parse_qs(incoming.event().decoded_body or "", max_num_fields=4)
    wanted = fields.get("new_password", [""])[0]
    return wanted if len(wanted) <= _LONGEST else ""


def asking(token: str, *, is_refused: bool = False) -> Answer:
    """Asks for the new password; after a refusal, once more."""
    words = _WORDS[_language()]
    form = _FORM.format(token=escape(token), label=escape(words.label), button=escape(words.button))
    message = words.refused if is_refused else words.asking
    return _page(422 if is_refused else 200, message, form)


def done() -> Answer:
    """Says that it is changed."""
    return _page(200, _WORDS[_language()].done)


def useless() -> Answer:
    """Says that the link does not work, and not why."""
    return _page(404, _WORDS[_language()].useless)


def _page(status: int, message: str, form: str = "") -> Answer:
    language = _language()
    title = escape(_WORDS[language].title)
    body = _PAGE.format(language=language, title=title, message=escape(message), form=form)
    return Answer(status, "text/html; charset=utf-8", body, dict(HEADERS))


def _language() -> str:
    """The browser's first, if there are words in it."""
    wanted = (incoming.header("Accept-Language") or "").lower()[:2]
    return wanted if wanted in _WORDS else "en"

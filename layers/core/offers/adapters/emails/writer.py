"""Emails from Jinja templates: one for each notice and language, for plain text and HTML alike."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from offers.adapters.clock.time_zones import zone_of
from offers.adapters.emails.formats import (
    format_day,
    format_moment,
    format_money,
    language_of,
)
from offers.domain.notification import Email

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from jinja2 import Template

    from offers.domain.notification import Notice, PartnerNotice
    from offers.domain.partner import Partner
    from offers.domain.user import User

TEMPLATES = Path(__file__).parent / "templates"
MAX_SUBJECT_LENGTH = 150


class JinjaEmailWriter:
    """Port EmailWriter. Raises jinja2.UndefinedError for a fact that a template needs and lacks."""

    def __init__(self) -> None:
        self._text = _environment(is_html=False)
        self._html = _environment(is_html=True)

    def write(self, notice: Notice, user: User, facts: Mapping[str, Any]) -> Email:
        """In the user's language (English if there are no templates for it) and time zone."""
        language, zone = language_of(user.locale), zone_of(user.time_zone)
        words = {"user": user, **_formats(language, zone), **facts}
        return self._email(f"{language}/{notice}.j2", words)

    def write_to_partner(self, notice: PartnerNotice, partner: Partner) -> Email:
        """In English; times in UTC."""
        words = {"partner": partner, **_formats("en", zone_of("UTC"))}
        return self._email(f"partners/{notice}.j2", words)

    def _email(self, name: str, words: Mapping[str, Any]) -> Email:
        text = self._text.get_template(name)
        return Email(
            subject=_subject(text, {**words, "medium": "text"}),
            text=text.render(words, medium="text"),
            html=self._html.get_template(name).render(words, medium="html"),
        )


def _formats(language: str, zone: tzinfo) -> dict[str, Any]:
    return {
        "language": language,
        "money": partial(format_money, language=language),
        "day": partial(format_day, language=language, zone=zone),
        "moment": partial(format_moment, language=language, zone=zone),
    }


def _environment(*, is_html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=is_html,  # noqa: S701  # the plain text part must not be escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["one_line"] = _one_line
    return environment


def _one_line(words: str) -> str:
    """Line ends of the template become spaces; the kind of ``words`` (Markup or not) is kept."""
    return words.strip().replace("\n", " ")


def _subject(template: Template, words: Mapping[str, Any]) -> str:
    """The template's ``subject`` on one line: a line end would start another header."""
    context = template.new_context(dict(words))
    line = " ".join("".join(template.blocks["subject"](context)).split())
    return line if len(line) <= MAX_SUBJECT_LENGTH else line[: MAX_SUBJECT_LENGTH - 1] + "…"

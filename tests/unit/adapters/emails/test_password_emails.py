"""The link to choose a password anew, in every language."""

from __future__ import annotations

import pytest

from offers.adapters.emails.formats import LANGUAGES
from offers.adapters.emails.writer import JinjaEmailWriter
from offers.domain.notification import Notice
from tests.factories import a_customer

URL = "https://api.example.com/api/v1/auth/password/reset/page?token=abc"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_it_holds_the_link_and_how_long_it_works(locale: str) -> None:
    user = a_customer(locale=locale, first_name="Zoé", username="zoe")
    facts = {"reset_url": URL, "minutes": 30}
    email = JinjaEmailWriter().write(Notice.PASSWORD_RESET, user, facts)
    for body in (email.text, email.html):
        assert URL in body
        assert "30 minutes" in body
        assert "zoe" in body

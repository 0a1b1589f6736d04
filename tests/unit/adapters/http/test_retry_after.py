"""How long an answer asks to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from offers.adapters.http.retry_after import retry_after_seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 30),
        ("", 30),
        ("soon", 30),
        ("-5", 30),
        ("0", 1),
        (" 12 ", 12),
        ("²", 30),
        ("9" * 5000, 900),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 900),
        ("Fri, 99 Dec 9999 23:59:59 GMT", 30),
    ],
)
def test_retry_after_is_read_and_capped(header: str | None, seconds: int) -> None:
    assert retry_after_seconds(header, default=30, longest=900) == seconds


def test_retry_after_may_be_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 57 <= retry_after_seconds(soon, default=30, longest=900) <= 61

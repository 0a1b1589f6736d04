"""The clock, its offset, and new ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.clock.ids import new_id
from offers.adapters.clock.system_clock import SystemClock

if TYPE_CHECKING:
    from pathlib import Path


def offset_of(clock: SystemClock) -> float:
    return round((clock() - datetime.now(UTC)).total_seconds())


def test_now_is_aware_and_in_utc() -> None:
    assert SystemClock()().utcoffset() == timedelta()
    assert offset_of(SystemClock()) == 0


def test_the_offset_follows_its_file(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    clock = SystemClock(file)
    assert offset_of(clock) == 0
    for text, offset in (("86400", 86400), ("86401.0\n", 86401), ("", 0), ("-10", -10)):
        file.write_text(text)
        assert [offset_of(clock), offset_of(clock)] == [offset, offset]
    file.unlink()
    assert offset_of(clock) == 0


@pytest.mark.parametrize("text", ["tomorrow", "nan", "inf", "1e99"])
def test_an_unreadable_offset_is_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    file = tmp_path / "offset"
    file.write_text(text)
    clock = SystemClock(file)
    assert [offset_of(clock), offset_of(clock)] == [0, 0]
    assert len(caplog.records) == 1


def test_ids_are_of_version_7_unique_and_in_order() -> None:
    ids = [new_id() for _ in range(1000)]
    assert {each.version for each in ids} == {7}
    assert len(set(ids)) == 1000
    assert ids == sorted(ids)

"""Bulk runs: streamed, bounded, resumable, each payment once, and every bad row with its line."""

from __future__ import annotations

import csv
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from infra.cli.bulk.outcomes import Became, Outcome, Summary
from infra.cli.bulk.payments import Payments
from infra.cli.bulk.report import conclude
from infra.cli.bulk.rows import Row, digest
from infra.cli.bulk.run import Act, BulkRun
from infra.cli.errors import Refused, Unreachable

HEADER = "username,amount,external_reference\n"
PLACE = "https://example.com"


class Ledger:
    """An API that knows references, as ours does."""

    def __init__(self) -> None:
        self.references: set[str] = set()
        self.credited: Counter[str] = Counter()
        self.calls = 0
        self.running = self.most_at_once = 0
        self.dies_after: int | None = None
        self._lock = threading.Lock()

    def top_up(self, row: Row, key: str) -> Outcome:
        with self._lock:
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        time.sleep(0.001)
        try:
            return self._top_up(row, key)
        finally:
            with self._lock:
                self.running -= 1

    def _top_up(self, row: Row, key: str) -> Outcome:
        username, reference = row.values["username"], row.values["external_reference"]
        with self._lock:
            self.calls += 1
            if self.dies_after is not None and self.calls > self.dies_after:
                message = "gone"
                raise Unreachable(message)
            if username == "nobody":
                message = "There is no such user."
                raise Refused(message, "user_not_found")
            if reference in self.references:
                return Outcome(Became.DONE_BEFORE, {"reference": reference, "by": "anna"})
            self.references.add(reference)
            self.credited[username] += 1
            return Outcome()


def a_file(folder: Path, *rows: str, header: str = HEADER, name: str = "paid-in.csv") -> Path:
    file = folder / name
    file.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def many(number: int) -> list[str]:
    return [f"user{n},1.00,bank {n}" for n in range(number)]


def run(file: Path, act: Act, concurrency: int = 4) -> Summary:
    payments = Payments.of(file, ("username|user_id",), "external_reference", "EUR")
    return BulkRun(payments.sheet, payments.rows, PLACE, act, concurrency, lambda _summary: None)()


def content(file: Path, kind: str) -> list[list[str]]:
    with Path(f"{file}.{kind}.csv").open(encoding="utf-8", newline="") as written:
        return list(csv.reader(written))


def test_every_row_is_done_once_however_often_it_is_run(tmp_path: Path) -> None:
    file, ledger = a_file(tmp_path, *many(200)), Ledger()

    first, second = run(file, ledger.top_up), run(file, ledger.top_up)

    assert (first.done, first.rejected, first.rejects_file) == (200, 0, None)
    assert (second.done, second.skipped) == (0, 200)
    assert set(ledger.credited.values()) == {1}
    assert [each.name for each in tmp_path.glob("*.csv")] == ["paid-in.csv"]
    assert 1 < ledger.most_at_once <= 4


def test_a_second_operator_is_told_what_was_credited_before(tmp_path: Path) -> None:
    file, ledger = a_file(tmp_path, "a,1.00,x", "b,1.00,y"), Ledger()
    run(file, ledger.top_up)
    elsewhere = tmp_path / "another laptop"
    elsewhere.mkdir()

    again = a_file(elsewhere, "b,1.00,y", "a,1.00,x", "c,1.00,z")
    summary = run(again, ledger.top_up)

    assert (summary.done, summary.done_before, summary.rejected) == (1, 2, 0)
    assert ledger.credited == {"a": 1, "b": 1, "c": 1}
    assert [note["reference"] for note in summary.notes] == ["y", "x"]
    assert content(again, "notes") == [
        ["line", "became", "reference", "at", "by", "id"],
        ["2", "done_before", "y", "", "anna", ""],
        ["3", "done_before", "x", "", "anna", ""],
    ]


def test_a_corrected_file_credits_only_what_was_corrected(tmp_path: Path) -> None:
    ledger = Ledger()
    file = a_file(tmp_path, "a,1.00,x", "nobody,2.00,y", "b,3.00,z")
    assert run(file, ledger.top_up).rejected == 1

    corrected = a_file(tmp_path, "a,1.00,x", "someone,2.00,y", "b,3.00,z")
    summary = run(corrected, ledger.top_up)

    assert (summary.done, summary.done_before) == (1, 2)
    assert ledger.credited == {"a": 1, "someone": 1, "b": 1}


def test_the_rejects_can_be_run_again_as_they_are(tmp_path: Path) -> None:
    rows = ["nobody,2.00,y", "ada,1,50,r", "short", "ada,-1,m", '"x"y,1.00,q', "nobody,1.00,=1+1"]
    file, ledger = a_file(tmp_path, *rows), Ledger()
    with file.open("ab") as more:
        more.write(b"caf\xe9,4.00,c\n")
    run(file, ledger.top_up)
    width = len(content_of(file)[0])

    for _ in "123":
        file = Path(f"{file}.rejects.csv")
        summary = run(file, ledger.top_up)
        assert (summary.done, summary.rejected) == (0, 7)
        assert len(content_of(file)[0]) == width == 6
    assert ledger.credited == {}

    mended = file.read_bytes().replace(b"nobody", b"ada")
    file.write_bytes(mended)
    assert run(file, ledger.top_up).done == 2
    assert ledger.references == {"y", "=1+1"}


def content_of(file: Path) -> list[list[str]]:
    with Path(f"{file}.rejects.csv").open(
        encoding="utf-8", errors="surrogateescape", newline=""
    ) as written:
        return list(csv.reader(written))


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file, ledger = a_file(tmp_path, *many(100)), Ledger()
    ledger.dies_after = 40

    with pytest.raises(Unreachable):
        run(file, ledger.top_up)
    ledger.dies_after = None
    summary = run(file, ledger.top_up)

    assert summary.skipped + summary.done + summary.done_before == 100
    assert summary.skipped >= 30
    assert len(ledger.credited) == 100
    assert set(ledger.credited.values()) == {1}


def test_a_crash_that_loses_the_journal_credits_nothing_twice(tmp_path: Path) -> None:
    file, ledger = a_file(tmp_path, *many(100)), Ledger()
    ledger.dies_after = 40
    with pytest.raises(Unreachable):
        run(file, ledger.top_up)
    ledger.dies_after = None
    for journal in tmp_path.glob("*.journal"):
        journal.unlink()

    summary = run(file, ledger.top_up)

    assert (summary.skipped, summary.done + summary.done_before) == (0, 100)
    assert set(ledger.credited.values()) == {1}


def test_what_waits_is_asked_again(tmp_path: Path) -> None:
    file = a_file(tmp_path, "a,1.00,x")
    for _ in "12":
        summary = run(file, lambda _row, _key: Outcome(Became.WAITING, {"id": "7"}))
        assert (summary.waiting, summary.skipped) == (1, 0)
    assert content(file, "notes")[1] == ["2", "waiting", "", "", "", "7"]


def test_done_at_one_stage_is_not_done_at_another(tmp_path: Path) -> None:
    file = a_file(tmp_path, "a,1.00,x")
    assert digest(file, "https://dev.example.com") != digest(file, "https://example.com")
    assert digest(file, "x") != digest(a_file(tmp_path, "a,1.01,x"), "x")


def test_bad_rows_are_reported_with_their_lines_and_tried_again(tmp_path: Path) -> None:
    rows = ["ada,1.00,x", "nobody,2.00,y", "too,many,fields,here", '"bob ""x""",3.00,z', "", "no"]
    file, ledger = a_file(tmp_path, *rows), Ledger()

    for expected_done in (2, 0):
        summary = run(file, ledger.top_up)
        assert (summary.done, summary.rejected) == (expected_done, 3)
        assert [tuple(cells[-3:-1]) for cells in content(file, "rejects")] == [
            ("rejected_line", "rejected_code"),
            ("3", "user_not_found"),
            ("4", "bad_row"),
            ("7", "bad_row"),
        ]


def test_the_end_says_how_many_were_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    conclude(Summary(done=3), is_json=True)
    assert '"done": 3' in capsys.readouterr().out
    with pytest.raises(Refused, match="2 rows"):
        conclude(Summary(rejected=2, rejects_file="x.rejects.csv"), is_json=False)
    note = {"line": "2", "became": "done_before", "by": "anna", "at": "2026-05-04"}
    conclude(Summary(done_before=1, notes=[note]), is_json=False)
    assert "anna" in capsys.readouterr().out


def test_ten_thousand_rows_take_a_moment_and_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    file = a_file(tmp_path, *many(10_000))
    tracemalloc.start()
    started = time.monotonic()
    summary = run(file, lambda _row, _key: Outcome(), 8)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert summary.done == 10_000
    assert peak < 3_000_000
    assert time.monotonic() - started < 60

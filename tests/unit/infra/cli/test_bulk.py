"""Bulk runs: streamed, bounded, resumable, and every bad row with its line."""

from __future__ import annotations

import csv
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from infra.cli.bulk.report import conclude
from infra.cli.bulk.rows import Row, digest, read_rows
from infra.cli.bulk.run import BulkRun, Summary
from infra.cli.connection.http import RetryLater
from infra.cli.errors import Refused, Unreachable, WrongUse

HEADER = "username,amount\n"


class Accounts:
    """An API that knows idempotency keys, as ours does."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.moved: Counter[str] = Counter()
        self.calls = 0
        self.running = self.most_at_once = 0
        self.dies_after: int | None = None
        self.throttled: set[str] = set()
        self._lock = threading.Lock()

    def top_up(self, row: Row, key: str) -> None:
        with self._lock:
            self.running += 1
            self.most_at_once = max(self.most_at_once, self.running)
        time.sleep(0.001)
        try:
            self._top_up(row, key)
        finally:
            with self._lock:
                self.running -= 1

    def _top_up(self, row: Row, key: str) -> None:
        with self._lock:
            self.calls += 1
            if self.dies_after is not None and self.calls > self.dies_after:
                message = "gone"
                raise Unreachable(message)
            if key not in self.throttled and row.values["username"] == "hasty":
                self.throttled.add(key)
                raise RetryLater("slow down", 7)  # noqa: EM101, TRY003  # a fake's
            if row.values["username"] == "nobody":
                message = "There is no such user."
                raise Refused(message, "user_not_found")
            if key not in self.keys:
                self.keys.add(key)
                self.moved[row.values["username"]] += 1


def a_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "paid-in.csv"
    file.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def run(file: Path, accounts: Accounts, concurrency: int = 4) -> Summary:
    pauses: list[float] = []
    needed = ("username|user_id", "amount")
    return BulkRun(
        file, needed, accounts.top_up, concurrency, lambda _summary: None, pauses.append
    )()


def rejects_of(file: Path) -> list[list[str]]:
    with Path(f"{file}.rejects.csv").open(encoding="utf-8", newline="") as rejects:
        return list(csv.reader(rejects))


def test_every_row_is_done_once_however_often_it_is_run(tmp_path: Path) -> None:
    file, accounts = a_file(tmp_path, *(f"user{n},1.00" for n in range(200))), Accounts()

    first, second = run(file, accounts), run(file, accounts)

    assert (first.done, first.rejected, first.rejects_file) == (200, 0, None)
    assert (second.done, second.skipped) == (0, 200)
    assert set(accounts.moved.values()) == {1}
    assert not Path(f"{file}.rejects.csv").exists()
    assert 1 < accounts.most_at_once <= 4


def test_a_lost_journal_is_harmless_while_keys_are_known(tmp_path: Path) -> None:
    file, accounts = a_file(tmp_path, "a,1.00", "b,1.00"), Accounts()
    run(file, accounts)
    for journal in tmp_path.glob("*.journal"):
        journal.unlink()

    assert run(file, accounts).done == 2
    assert accounts.moved == {"a": 1, "b": 1}


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file, accounts = a_file(tmp_path, *(f"user{n},1.00" for n in range(100))), Accounts()
    accounts.dies_after = 40

    with pytest.raises(Unreachable):
        run(file, accounts)
    accounts.dies_after = None
    summary = run(file, accounts)

    assert summary.skipped + summary.done == 100
    assert summary.skipped >= 30
    assert len(accounts.moved) == 100
    assert set(accounts.moved.values()) == {1}


def test_bad_rows_are_reported_with_their_lines_and_tried_again(tmp_path: Path) -> None:
    rows = ["ada,1.00", "nobody,2.00", "too,many,fields", '"bob ""x""",3.00', "", "short"]
    file, accounts = a_file(tmp_path, *rows), Accounts()
    with file.open("ab") as content:
        content.write(b"caf\xe9,4.00\n")

    for expected_done in (2, 0):
        summary = run(file, accounts)
        assert (summary.done, summary.rejected) == (expected_done, 4)
        assert [(line, code) for line, code, *_ in rejects_of(file)] == [
            ("line", "code"),
            ("3", "user_not_found"),
            ("4", "bad_row"),
            ("7", "bad_row"),
            ("8", "bad_row"),
        ]


def test_what_is_not_csv_spoils_its_own_row_only(tmp_path: Path) -> None:
    file = a_file(tmp_path, '"a"x,1.00', "b,1.00")
    rows = list(read_rows(file, ()))
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]


def test_throttling_is_waited_for_as_long_as_it_says(tmp_path: Path) -> None:
    file, accounts = a_file(tmp_path, "hasty,1.00"), Accounts()
    pauses: list[float] = []
    BulkRun(file, ("amount",), accounts.top_up, 1, lambda _summary: None, pauses.append)()
    assert pauses == [7]
    assert accounts.moved == {"hasty": 1}


def test_a_wait_of_hours_ends_the_run(tmp_path: Path) -> None:
    def until_tomorrow(_row: Row, _key: str) -> None:
        message = "The daily limit is reached."
        raise RetryLater(message, 40_000)

    run_of = BulkRun(a_file(tmp_path, "a,1.00"), (), until_tomorrow, 1, lambda _summary: None)
    with pytest.raises(RetryLater):
        run_of()


def test_a_wrong_header_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="username or user_id"):
        run(a_file(tmp_path, header="name,amount\n"), Accounts())


def test_a_column_named_twice_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="twice: amount"):
        run(a_file(tmp_path, header="username,amount, amount\n"), Accounts())


def test_a_byte_order_mark_and_spaces_do_not_matter(tmp_path: Path) -> None:
    file = a_file(tmp_path, " ada , 1.00 ", header="\ufeffusername, amount\n")
    (row,) = read_rows(file, ("username", "amount"))
    assert row.values == {"username": "ada", "amount": "1.00"}


def test_other_content_is_another_run(tmp_path: Path) -> None:
    first = digest(a_file(tmp_path, "a,1.00"))
    assert digest(a_file(tmp_path, "a,1.01")) != first


def test_the_end_says_how_many_were_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    conclude(Summary(done=3), is_json=True)
    assert '"done": 3' in capsys.readouterr().out
    with pytest.raises(Refused, match="2 rows"):
        conclude(Summary(rejected=2, rejects_file="x.rejects.csv"), is_json=False)


def test_ten_thousand_rows_take_a_moment_and_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    file = a_file(tmp_path, *(f"user{n},1.00" for n in range(10_000)))
    tracemalloc.start()
    started = time.monotonic()
    summary = BulkRun(file, ("amount",), lambda _row, _key: None, 8, lambda _summary: None)()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert summary.done == 10_000
    assert peak < 3_000_000
    assert time.monotonic() - started < 60

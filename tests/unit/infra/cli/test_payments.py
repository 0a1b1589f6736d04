"""Files of payments: what is read, what is refused before anything moves, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.bulk.cells import harmless, meant
from infra.cli.bulk.outcomes import Outcome
from infra.cli.bulk.payments import Payments
from infra.cli.bulk.rows import Row, Sheet
from infra.cli.bulk.start import Manner, run
from infra.cli.errors import Refused, WrongUse

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "username,amount,external_reference,currency"
LOOKING = Manner(concurrency=1, is_dry=True, is_agreed=False, is_json=True)
ASKING = Manner(concurrency=1, is_dry=False, is_agreed=False, is_json=True)
AGREED = Manner(concurrency=1, is_dry=False, is_agreed=True, is_json=True)


def payments(
    folder: Path, *rows: str, header: str = HEADER, currency: str | None = None
) -> Payments:
    file = folder / "paid-in.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return Payments.of(file, ("username|user_id",), "external_reference", currency)


def never(_row: Row, _key: str) -> Outcome:
    raise AssertionError


def test_the_total_is_told_for_each_currency(tmp_path: Path) -> None:
    rows = ["a,1.50,x,EUR", "b,2.25,y,EUR", "c,500,z,JPY", "d,1.250,k,KWD", "e,1.5,w,JPY"]
    survey = payments(tmp_path, *rows).survey()
    assert str(survey) == "4 rows, 3.75 EUR, 500 JPY, 1.250 KWD; 1 rows cannot be read"
    assert list(survey.problems) == [6]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_semicolons_and_tabs_are_understood(tmp_path: Path, delimiter: str) -> None:
    cells = delimiter.join(("a,b", "1.50", "x", "EUR")) if delimiter != "," else '"a,b",1.50,x,EUR'
    (row,) = payments(tmp_path, cells, header=HEADER.replace(",", delimiter)).rows()
    assert (row.problem, row.values["username"], row.values["amount"]) == (None, "a,b", "1.50")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('a,"12,50",x,EUR', "with a point"),
        ("a,0,x,EUR", "above zero"),
        ("a,-1,x,EUR", "above zero"),
        ("a,1.001,x,EUR", "no amount"),
        ("a,1,,EUR", "no external_reference"),
        ("a,1,x,euro", "no amount"),
        ("a,12,50,x,EUR", "5 fields instead of 4"),
    ],
)
def test_a_row_that_cannot_be_meant_is_not_sent(tmp_path: Path, row: str, problem: str) -> None:
    (found,) = payments(tmp_path, row).rows()
    assert problem in str(found.problem)


def test_a_file_without_references_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="external_reference"):
        payments(tmp_path, "a,1.00,EUR", header="username,amount,currency")
    with pytest.raises(WrongUse, match="username or user_id"):
        payments(tmp_path, header="name,amount,external_reference")


def test_a_file_without_a_currency_is_refused(tmp_path: Path) -> None:
    header = "username,amount,external_reference"
    with pytest.raises(WrongUse, match="--currency"):
        payments(tmp_path, "a,1.00,x", header=header)
    (row,) = payments(tmp_path, "a,1.00,x", header=header, currency="CHF").rows()
    assert row.values["currency"] == "CHF"


def test_one_reference_on_two_lines_stops_the_file(tmp_path: Path) -> None:
    twice = payments(tmp_path, "a,1,bank 1,EUR", "b,1,bank 2,EUR", "c,1,BANK 1,EUR")
    with pytest.raises(WrongUse, match=r"2, 4\. Nothing was done"):
        run(twice, "x", never, AGREED)


def test_looking_moves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(payments(tmp_path, "a,1.50,x,EUR"), "x", never, LOOKING)
    assert '"EUR": "1.50"' in capsys.readouterr().out
    with pytest.raises(Refused, match="1 rows cannot be read"):
        run(payments(tmp_path, "a,x,x,EUR"), "x", never, LOOKING)


def test_nothing_moves_before_somebody_agreed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moved: list[str] = []

    def act(row: Row, _key: str) -> Outcome:
        moved.append(row.values["username"])
        return Outcome()

    found = payments(tmp_path, "a,1.50,x,EUR")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(WrongUse, match="--yes"):
        run(found, "https://example.com", act, ASKING)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_question, **_options: False)
    with pytest.raises(Refused, match="Nothing was done"):
        run(found, "https://example.com", act, ASKING)
    assert moved == []
    assert "1 rows, 1.50 EUR, at https://example.com" in capsys.readouterr().err
    monkeypatch.setattr("typer.confirm", lambda *_question, **_options: True)
    run(found, "https://example.com", act, ASKING)
    assert moved == ["a"]


@given(st.text())
def test_a_harmless_cell_is_read_as_what_was_meant(text: str) -> None:
    written = harmless(text)
    assert meant(written) == text
    assert written[:1] not in tuple("=+-@\t\r")


def test_a_byte_order_mark_and_spaces_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("\ufeffusername, amount\n ada , 1.00 \n", encoding="utf-8")
    (row,) = Sheet.of(file, ("username", "amount")).rows()
    assert row.values == {"username": "ada", "amount": "1.00"}


def test_what_is_not_csv_spoils_its_own_row_only(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text('username,amount\n"a"x,1.00\nb,1.00\n', encoding="utf-8")
    rows = list(Sheet.of(file, ()).rows())
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]


def test_why_a_row_was_rejected_must_stand_last(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("rejected_code,username\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="last"):
        Sheet.of(file, ())

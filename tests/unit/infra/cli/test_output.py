"""Lists: whole identifiers on narrow screens, tabs in pipes, CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from rich.console import Console

from infra.cli import output
from infra.cli.errors import WrongUse
from infra.cli.output import Form, Listing

REFERENCE, REASON = "REF-7K2M9QXW4TBC", "the provisioning system does not say: timeout " * 3
ROWS: list[dict[str, Any]] = [
    {"reference": REFERENCE, "username": "ada", "attention_reason": REASON, "attempts": 5}
]
COLUMNS = ("reference", "username", "attention_reason")


def shown(capsys: pytest.CaptureFixture[str], **asked: Any) -> str:
    output.show_all(COLUMNS, ROWS, wide=("attempts",), **asked)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [24, 60, 80, 200])
def test_a_table_never_cuts_or_folds_an_identifier(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_screen", lambda: Console(width=width))

    told = shown(capsys, listing=Listing(Form.table))

    assert REFERENCE in told
    assert "…" not in told
    assert max(map(len, told.splitlines())) <= max(width, 60)


def test_a_pipe_gets_a_header_and_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    header, row = shown(capsys).splitlines()

    assert header.split("\t") == list(COLUMNS)
    assert row.split("\t") == [REFERENCE, "ada", REASON.strip()]


def test_other_columns_and_more_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, listing=Listing(columns="attempts,reference")) == (
        f"attempts\treference\n5\t{REFERENCE}\n"
    )
    assert "ATTEMPTS" in shown(capsys, listing=Listing(Form.wide))
    with pytest.raises(WrongUse, match="no column nope; there are attempts, attention_reason"):
        shown(capsys, listing=Listing(columns="nope"))


def test_json_holds_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(shown(capsys, is_json=True)) == ROWS
    assert json.loads(shown(capsys, listing=Listing(Form.json))) == ROWS


@pytest.mark.parametrize(
    ("text", "written"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5.00", "-5.00"), ("-x", "'-x")]
)
def test_no_spreadsheet_runs_a_cell(
    text: str, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output.show_all(("a",), [{"a": text}], listing=Listing(Form.csv))

    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["a"], [written]]


def test_an_empty_list_says_so_to_a_person_only(capsys: pytest.CaptureFixture[str]) -> None:
    output.show_all(COLUMNS, [], listing=Listing(Form.table), nothing="Nothing needs attention.")

    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "Nothing needs attention.\n")

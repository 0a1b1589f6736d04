"""The table of currencies, made from the agency's list."""

from __future__ import annotations

from typing import Any

from infra.currencies import HEAD, MODULE, module
from offers.domain.currencies import MINOR_DIGITS, WITHDRAWN

LIST_ONE = """<?xml version="1.0" encoding="UTF-8"?>
<ISO_4217 Pblshd="2031-01-01"><CcyTbl>
  <CcyNtry><CtryNm>JAPAN</CtryNm><Ccy>JPY</Ccy><CcyMnrUnts>0</CcyMnrUnts></CcyNtry>
  <CcyNtry><CtryNm>FRANCE</CtryNm><Ccy>EUR</Ccy><CcyMnrUnts>2</CcyMnrUnts></CcyNtry>
  <CcyNtry><CtryNm>GERMANY</CtryNm><Ccy>EUR</Ccy><CcyMnrUnts>2</CcyMnrUnts></CcyNtry>
  <CcyNtry><CtryNm>ZZ08_Gold</CtryNm><Ccy>XAU</Ccy><CcyMnrUnts>N.A.</CcyMnrUnts></CcyNtry>
  <CcyNtry><CtryNm>ANTARCTICA</CtryNm></CcyNtry>
</CcyTbl></ISO_4217>"""


def test_what_is_no_longer_listed_is_withdrawn_and_never_forgotten() -> None:
    made: dict[str, Any] = {}
    exec(module(LIST_ONE, {"JPY": 0, "KWD": 3, "ITL": 0}), made)  # noqa: S102  # made here

    assert made["MINOR_DIGITS"] == {"JPY": 0, "EUR": 2}
    assert made["WITHDRAWN"] == {"KWD": 3, "ITL": 0}
    assert "2031-01-01" in made["__doc__"]


def test_the_table_in_use_is_a_whole_list() -> None:
    text = MODULE.read_text(encoding="utf-8")
    assert text.startswith(HEAD[:60])
    assert "SIX published it on 20" in text
    assert len(MINOR_DIGITS) > 150
    assert {"EUR", "USD", "GBP", "CHF", "JPY", "KWD"} <= set(MINOR_DIGITS)
    assert all(digits in range(5) for digits in (MINOR_DIGITS | WITHDRAWN).values())

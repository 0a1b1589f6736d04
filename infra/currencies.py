"""``python -m infra.currencies LIST_ONE.XML`` writes offers/domain/currencies.py anew.

The file is list one of ISO 4217 as SIX, its maintenance agency, publishes it; the package
``iso4217`` ships it as ``table.xml``. A code that it no longer has stays known as withdrawn, since
money in it may be stored; nothing new is taken in it.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path
from textwrap import wrap

from offers.domain.currencies import MINOR_DIGITS, WITHDRAWN

MODULE = Path(__file__).parents[1] / "layers/core/offers/domain/currencies.py"
HEAD = '''"""The currencies of ISO 4217, by how many digits follow the decimal point.

Made by ``python -m infra.currencies`` from list one as SIX published it on {published}; not to be
edited. Gold, drawing rights and test codes, which have no minor unit, are no currencies here.
"""

_BY_DIGITS: dict[int, str] = {{
{current}}}
_WITHDRAWN: dict[int, str] = {{
{withdrawn}}}

MINOR_DIGITS = {{code: digits for digits, codes in _BY_DIGITS.items() for code in codes.split()}}
"""Of every currency that money is taken in."""

WITHDRAWN = {{code: digits for digits, codes in _WITHDRAWN.items() for code in codes.split()}}
"""Of those that were on an earlier list: stored money is read, none is taken."""
'''


def module(list_one: str, known: dict[str, int]) -> str:
    """The module's text; ``known`` are the codes, with their digits, of the module so far."""
    root = ET.fromstring(list_one)  # noqa: S314  # the agency's file, chosen by who runs this
    current = {
        code: int(digits)
        for entry in root.iterfind("CcyTbl/CcyNtry")
        if (code := entry.findtext("Ccy"))
        and (digits := entry.findtext("CcyMnrUnts", "")).isdigit()
    }
    withdrawn = {code: digits for code, digits in known.items() if code not in current}
    published = root.attrib["Pblshd"]
    return HEAD.format(published=published, current=_table(current), withdrawn=_table(withdrawn))


def _table(digits_of: dict[str, int]) -> str:
    by_digits = defaultdict(list)
    for code, digits in sorted(digits_of.items()):
        by_digits[digits].append(code)
    lines: list[str] = []
    for digits, codes in sorted(by_digits.items()):
        lines += [f"    {digits}: (", *(f'        "{line} "' for line in wrap(" ".join(codes), 87))]
        lines.append("    ),")
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    text = module(Path(sys.argv[1]).read_text(encoding="utf-8"), {**WITHDRAWN, **MINOR_DIGITS})
    MODULE.write_text(text, encoding="utf-8")

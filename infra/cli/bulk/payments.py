"""Files whose rows each move money once: what a row needs, and what the file comes to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from infra.cli.bulk.rows import Row, Sheet
from infra.cli.errors import WrongUse
from offers.domain.errors import DomainError
from offers.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_TOLD = 10


@dataclass
class Survey:
    """What a file comes to: good rows, their sum for each currency, and the lines that are bad."""

    rows: int = 0
    totals: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    problems: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        sums = ", ".join(f"{total} {currency}" for currency, total in sorted(self.totals.items()))
        bad = f"; {len(self.problems)} rows cannot be read" if self.problems else ""
        return f"{self.rows} rows, {sums or 'no money'}{bad}"


@dataclass(frozen=True, slots=True)
class Payments:
    """``reference`` is the column that names each row's payment or order for ever: what makes it
    count once, whoever runs whatever file. ``currency`` is that of rows that name none.
    """

    sheet: Sheet
    reference: str
    currency: str | None

    @classmethod
    def of(
        cls, file: Path, needed: tuple[str, ...], reference: str, currency: str | None
    ) -> Payments:
        """Raises WrongUse for a file without the columns, or without any currency."""
        sheet = Sheet.of(file, (*needed, "amount", reference))
        if currency is None and "currency" not in sheet.columns:
            message = "Name the currency: in a column of the file, or for all rows by --currency."
            raise WrongUse(message)
        return cls(sheet, reference, currency)

    def rows(self) -> Iterator[Row]:
        """Every row; bad ones have their problem."""
        return map(self._checked, self.sheet.rows())

    def survey(self) -> Survey:
        """Read all of it. Raises WrongUse if two rows have the same reference."""
        survey, lines = Survey(), dict[str, list[int]]()
        for row in self.rows():
            if row.problem is not None:
                survey.problems[row.line] = row.problem
                continue
            lines.setdefault(row.values[self.reference].upper(), []).append(row.line)
            survey.rows += 1
            survey.totals[row.values["currency"]] += Decimal(row.values["amount"])
        self._require_different(lines)
        return survey

    def _checked(self, row: Row) -> Row:
        if row.problem is not None:
            return row
        values = {**row.values, "currency": row.values.get("currency") or self.currency or ""}
        if not values[self.reference]:
            return replace(row, problem=f"no {self.reference}")
        try:
            amount = Money.of(values["amount"], values["currency"])
        except DomainError:
            return replace(row, problem=_no_money(values["amount"], values["currency"]))
        if amount.amount_minor <= 0:
            return replace(row, problem=f"{amount} is not above zero")
        return replace(row, values={**values, "amount": amount.amount})

    def _require_different(self, lines: dict[str, list[int]]) -> None:
        repeated = [each for each in lines.values() if len(each) > 1]
        if repeated:
            which = "; ".join(", ".join(map(str, each)) for each in repeated[:MOST_TOLD])
            message = f"Lines with the same {self.reference}: {which}. Nothing was done."
            raise WrongUse(message)


def _no_money(amount: str, currency: str) -> str:
    return f"{amount!r} {currency!r} is no amount of money: write 12.50 with a point, and EUR"

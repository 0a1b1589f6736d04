"""One page about a soak, in Markdown."""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from offers.domain.ledger_report import LedgerReport
    from tests.soak.events import Events

LONGEST_LIST = 10


def write(
    events: Events, ledger: LedgerReport, statuses: Mapping[str, int], seed: int, seconds: float
) -> str:
    """The verdict first."""
    verdict = f"**{len(events.breaches)} breaches**" if events.breaches else "no promise broken"
    lines = [
        f"# Soak: {verdict}",
        "",
        f"Seed {seed}, {seconds:g} s of traffic. Again: `make soak SECONDS={seconds:g} SEED={seed}`"
        " (the same choices; threads interleave anew).",
        "",
        *_traffic(events),
        *_table("Faults", "fault", events.faults),
        *_table("Checks", "promise", events.checks),
        *_table("In the end", "transactions", statuses),
        "## Ledger",
        "",
        f"{ledger.accounts} accounts, {ledger.transactions} transactions, "
        f"{sum(ledger.counts.values())} breaches.",
    ]
    if events.breaches:
        lines += ["", "## Breaches", ""]
        lines += [f"```\n{breach}\n```" for breach in events.breaches[:LONGEST_LIST]]
    return "\n".join(lines) + "\n"


def _traffic(events: Events) -> Iterator[str]:
    yield "## Traffic"
    yield ""
    yield "| action | times | p50 ms | p99 ms | outcomes |"
    yield "|---|---:|---:|---:|---|"
    for action, seconds in sorted(events.seconds.items()):
        cuts = quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
        outcomes = ", ".join(f"{n} {name}" for name, n in events.outcomes[action].most_common())
        yield (
            f"| {action} | {len(seconds)} | {cuts[49] * 1000:.1f} | {cuts[98] * 1000:.1f}"
            f" | {outcomes} |"
        )
    yield ""


def _table(title: str, what: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield f"| {what} | times |"
    yield "|---|---:|"
    for name, count in sorted(counts.items()):
        yield f"| {name} | {count} |"
    yield ""

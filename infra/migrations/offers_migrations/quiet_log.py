"""What the server must not write down: values that stand in statements and in error details.

The driver puts values into the text of a statement, so a log of statements is a log of password
hashes, email addresses and secrets (docs/decisions/0070-nothing-personal-in-logs.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

QUIET: Mapping[str, tuple[str, ...]] = {
    "log_min_error_statement": ("panic", "fatal"),  # no STATEMENT line with an error
    "log_error_verbosity": ("terse",),  # no DETAIL: "Failing row contains (…)"
    "log_parameter_max_length_on_error": ("0",),
    "log_parameter_max_length": ("0",),
    "log_min_messages": ("warning", "error", "log", "fatal", "panic"),  # no debugging
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "debug_print_parse": ("off",),
    "debug_print_rewritten": ("off",),
    "debug_print_plan": ("off",),
    "auto_explain.log_min_duration": ("-1",),
    "pgaudit.log": ("none", ""),
}
"""Settings of the server and the values that keep it quiet, the one to set first. The last two
belong to extensions and count only where those are loaded."""


class TalkativeServer(Exception):
    """The server would write values of statements into its log; says by which settings."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        found = ", ".join(f"{name} is {value!r}" for name, value in sorted(wrong.items()))
        super().__init__(
            f"the server's log would hold personal data: {found} (docs/operations.md, "
            "Settings of the database)"
        )


def require_quiet_log(connection: Connection) -> None:
    """Raise TalkativeServer unless every setting is one of its quiet values."""
    query = text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")
    rows = connection.execute(query, {"names": list(QUIET)})
    wrong = {name: setting for name, setting in rows if setting not in QUIET[name]}
    if wrong:
        raise TalkativeServer(wrong)

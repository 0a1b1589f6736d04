"""What an update writes: no more than may have changed, so that nothing else is sent and held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Values = dict[str, Any]


def changing(values: Values, *facts: str) -> Values:
    """All columns of a row but those that stay as they were inserted."""
    return {name: value for name, value in values.items() if name not in facts}


def changed(values: Values, before: Mapping[str, Any]) -> Values:
    """The columns of a row that differ from what they were."""
    return {name: value for name, value in values.items() if value != before[name]}

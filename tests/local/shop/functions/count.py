"""Counts its runs in this environment."""

from typing import Any

runs = 0


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    global runs  # noqa: PLW0603 - an environment's memory is what is looked at
    runs += 1
    return {"runs": runs, "source": event["source"]}

"""Notes the orders that ended in the dead-letter queue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def handler(event: dict[str, Any], context: object) -> None:
    for record in event["Records"]:
        order = json.loads(record["body"])
        with Path(order["notes"]).open("a") as notes:
            notes.write(json.dumps({"dead": order["name"]}) + "\n")

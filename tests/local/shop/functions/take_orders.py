"""Fails the orders whose body says so; notes what it saw in a file of the test's."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    failures = []
    for record in event["Records"]:
        order = json.loads(record["body"])
        note = {
            "order": order["name"],
            "receives": int(record["attributes"]["ApproximateReceiveCount"]),
            "attributes": record["messageAttributes"],
            "batch": len(event["Records"]),
            "pid": os.getpid(),
        }
        with Path(order["notes"]).open("a") as notes:
            notes.write(json.dumps(note) + "\n")
        if order.get("fail"):
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}

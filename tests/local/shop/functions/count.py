"""Counts its runs in this environment."""

from __future__ import annotations

import json
import sys
from typing import Any

runs = 0


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    global runs  # noqa: PLW0603  # an environment's memory is what is looked at
    runs += 1
    emitted = {"Namespace": "Shop", "Dimensions": [["service"]], "Metrics": [{"Name": "Runs"}]}
    metric = {"_aws": {"Timestamp": 1, "CloudWatchMetrics": [emitted]}, "service": "s", "Runs": [1]}
    sys.stdout.write(json.dumps(metric) + "\n")
    return {"runs": runs, "source": event["source"]}

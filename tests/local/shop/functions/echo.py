"""Answers with the event it was given and what it sees of its surroundings."""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any

import shop_layer  # type: ignore[import-not-found]  # on an environment's path only

invocations = 0


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    global invocations  # noqa: PLW0603  # an environment's memory is what is looked at
    invocations += 1
    if (event.get("queryStringParameters") or {}).get("image"):
        return {
            "statusCode": 200,
            "headers": {"Content-Type": "image/png"},
            "body": base64.b64encode(b"\x89PNG").decode(),
            "isBase64Encoded": True,
        }
    seen = {
        "event": event,
        "environment": dict(os.environ),
        "pid": os.getpid(),
        "invocations": invocations,
        "layer": shop_layer.NAME,
        "path": sys.path[:2],
        "function_name": context.function_name,
        "request_id": context.aws_request_id,
        "remaining": context.get_remaining_time_in_millis(),
        "arn": context.invoked_function_arn,
    }
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "multiValueHeaders": {"X-Twice": ["one", "two"]},
        "body": json.dumps(seen),
    }

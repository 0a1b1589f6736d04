"""Does what it is asked to, all of it bad."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any


def handler(event: dict[str, Any], context: object) -> Any:
    wish = json.loads(event["body"]) if "body" in event else event
    match wish["do"]:
        case "hang":
            time.sleep(60)
        case "crash":
            os._exit(3)
        case "exit":
            sys.exit(1)
        case "raise":
            raise KeyError(wish["do"])
        case "unmarshallable":
            return {"statusCode": object()}
        case "malformed":
            return {"statusCode": 200, "surprise": True}
        case "sleep":
            time.sleep(wish["seconds"])
    return {"statusCode": 200, "body": str(os.getpid())}

"""Allows the token ``Bearer good``, denies ``Bearer bad``, knows no other; counts its calls."""

from __future__ import annotations

from typing import Any

calls = 0


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    global calls  # noqa: PLW0603  # an environment's memory is what is looked at
    calls += 1
    token = event["authorizationToken"].removeprefix("Bearer ")
    if token == "unknown":
        message = "Unauthorized"
        raise RuntimeError(message)
    if token == "broken":
        message = "no database"
        raise RuntimeError(message)
    return {
        "principalId": token,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Action": "execute-api:Invoke",
                    "Effect": "Allow" if token == "good" else "Deny",
                    "Resource": "arn:aws:execute-api:*",
                }
            ],
        },
        "context": {"sub": token, "calls": calls, "admin": False},
    }

"""The context object that Lambda hands to a handler."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from infra.local.template.names import ACCOUNT, REGION


def function_arn(name: str) -> str:
    """As IAM and the context object spell it."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


@dataclass
class LambdaContext:
    """As documented by AWS for Python; no client context and no Cognito identity on a laptop."""

    aws_request_id: str
    function_name: str
    memory_limit_in_mb: int
    timeout_seconds: float
    function_version: str = "$LATEST"
    client_context: None = None
    identity: None = None
    tenant_id: None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        """Without a version."""
        return function_arn(self.function_name)

    @property
    def log_group_name(self) -> str:
        """Lambda's default."""
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        """One for all: a function has one file."""
        return "laptop"

    def get_remaining_time_in_millis(self) -> int:
        """Until the function's timeout; never negative."""
        left = self.timeout_seconds - (time.monotonic() - self.started)
        return max(0, int(left * 1000))

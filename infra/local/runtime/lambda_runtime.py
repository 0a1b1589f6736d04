"""Invokes the template's functions as Lambda would."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infra.local.runtime.environment import (
    Environment,
    InitFailed,
    Invocation,
    failed,
    start_environment,
)
from infra.local.runtime.pool import EnvironmentPool
from infra.local.template.names import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from infra.local.runtime.zygote_process import ZygoteProcess
    from infra.local.template.model import FunctionSpec

INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass
class LambdaRuntime:
    """One pool of execution environments for all functions."""

    functions: Mapping[str, FunctionSpec]
    zygote: ZygoteProcess
    log_folder: Path
    overrides: Mapping[str, str]
    """Replaces the values of variables that a function declares, and adds none."""
    additions: Mapping[str, str]
    """Set for every function: what makes AWS mean this machine."""
    pool: EnvironmentPool = field(init=False)

    def __post_init__(self) -> None:
        self.pool = EnvironmentPool(self._start)

    def invoke(self, name: str, event: object) -> Invocation:
        """Never raises: a failure is part of the invocation's answer."""
        function = self.functions.get(name)
        if function is None:
            return failed("ResourceNotFoundException", f"Function not found: {name}")
        request_id = str(uuid.uuid4())
        try:
            with self.pool.environment(function) as environment:
                invocation = environment.invoke(event, request_id)
        except InitFailed as failure:
            return Invocation("null", failure.error)
        if invocation.error and not environment.alive:
            self._log(name, str(invocation.error["errorMessage"]))
        return invocation

    def renew(self, functions: Mapping[str, FunctionSpec] | None = None) -> None:
        """From now on run the code as it is now, and the given functions instead."""
        self.functions = self.functions if functions is None else functions
        self.pool.renew()

    def close(self) -> None:
        """End every environment."""
        self.pool.close()
        self.zygote.stop()

    def _start(self, function: FunctionSpec) -> Environment:
        return start_environment(self.zygote, function, self._variables(function), self.log_folder)

    def _variables(self, function: FunctionSpec) -> dict[str, str]:
        declared = {
            name: self.overrides.get(name, value) for name, value in function.environment.items()
        }
        return {
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
            "TZ": "UTC",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "laptop",
            "AWS_SECRET_ACCESS_KEY": "laptop",
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "LAMBDA_TASK_ROOT": str(function.code_folder),
            "_HANDLER": function.handler,
            **declared,
            **self.additions,
        }

    def _log(self, name: str, message: str) -> None:
        with (self.log_folder / f"{name}.log").open("a", encoding="utf-8") as log:
            log.write(f"{message}\n")

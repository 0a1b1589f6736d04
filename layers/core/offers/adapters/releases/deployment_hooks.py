"""CodeDeploy's hooks, which wait for word before the traffic moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.adapters.aws import ClientFactory


class CodeDeployHooks:
    """Answers them."""

    def __init__(self, client: ClientFactory) -> None:
        self._client = client

    def answer(self, event: Mapping[str, Any], *, is_fit: bool) -> None:
        """Let the deployment that asks with ``event`` go on, or have it rolled back."""
        self._client().put_lifecycle_event_hook_execution_status(
            deploymentId=event["DeploymentId"],
            lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
            status="Succeeded" if is_fit else "Failed",
        )

"""What a deployment asks before the traffic moves."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from offers.wiring import aws
from offers.wiring.environment import required

if TYPE_CHECKING:
    from offers.adapters.releases.deployment_hooks import CodeDeployHooks
    from offers.adapters.releases.new_versions import LambdaVersions


def new_versions() -> LambdaVersions:
    """Those of the functions whose traffic moves step by step."""
    from offers.adapters.releases.new_versions import LambdaVersions

    versions = required(os.environ, "CHECKED_VERSIONS")
    return LambdaVersions(aws.client("lambda"), versions.split(","))


def deployment_hooks() -> CodeDeployHooks:
    """Of the deployment that goes on."""
    from offers.adapters.releases.deployment_hooks import CodeDeployHooks

    return CodeDeployHooks(aws.client("codedeploy"))

"""python -m infra.deploy STAGE [Name=value …]: looks, builds, deploys, fills what is empty.

A first deployment without a domain of its own is two: API Gateway's address, which goes into emails
and tokens, is known after the first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.deploy import parameters as stage_parameters
from infra.deploy.preflight import findings
from infra.keys.new import new_sealing_keys, new_token_keys
from infra.keys.secret import KeySecret

ROOT = Path(__file__).parents[2]
SAMCONFIG = ROOT / "samconfig.toml"
SAM = str(Path(sys.executable).with_name("sam"))


def main(stage: str, *given: str) -> int:
    """The exit code."""
    stack = stage_parameters.stack_name(SAMCONFIG, stage)
    chosen = stage_parameters.parameters(SAMCONFIG, stage, given)
    chosen.setdefault("Stage", stage)
    if _is_stopped(chosen):
        return 1
    known = _outputs(stack)
    _use_own_address(chosen, known)
    _run("build", "--config-env", stage, *_architecture(chosen))
    _deploy(stage, chosen)
    made = _outputs(stack)
    _fill_keys(made)
    if _use_own_address(chosen, made) and not known:
        _say(f"The API is at {made['ApiUrl']}; deploying again, so that it knows itself.")
        _deploy(stage, chosen)
    _say(f"Deployed. {made['ApiUrl']}")
    return 0


def _is_stopped(chosen: dict[str, str]) -> bool:
    found = findings(chosen, boto3.client)  # type: ignore[arg-type]  # the stubs want a literal
    for finding in found:
        _say(f"{'STOP' if finding.stops else 'note'}: {finding.what}: {finding.remedy}")
    return any(finding.stops for finding in found)


def _use_own_address(chosen: dict[str, str], outputs: dict[str, str]) -> bool:
    """Where nothing else was chosen; whether it was."""
    if chosen.get("DomainName") or "ApiUrl" not in outputs:
        return False
    return chosen.setdefault("PublicUrl", outputs["ApiUrl"]) == outputs["ApiUrl"]


def _deploy(stage: str, chosen: dict[str, str]) -> None:
    release = stage_parameters.release(chosen, *stage_parameters.code_of(ROOT))
    _say(f"Release {release}")
    overrides = [f"{name}={value}" for name, value in {**chosen, "Release": release}.items()]
    _run("deploy", "--config-env", stage, "--parameter-overrides", *overrides)


def _architecture(chosen: dict[str, str]) -> list[str]:
    """Wheels are built for one architecture, which the functions must have too."""
    if "Architecture" not in chosen:
        return []
    return ["--parameter-overrides", f"Architecture={chosen['Architecture']}"]


def _fill_keys(outputs: dict[str, str]) -> None:
    secrets: Any = boto3.client("secretsmanager")
    for name, new in (("TokenKeysArn", new_token_keys), ("SealingKeysArn", new_sealing_keys)):
        secret = KeySecret(secrets, outputs[name])
        if secret.is_empty():
            secret.create(new())
            _say(f"{name}: created")


def _outputs(stack: str) -> dict[str, str]:
    """Empty while there is no such stack."""
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError:
        return {}
    return {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])}


def _run(*words: str) -> None:
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    subprocess.run([SAM, *words], cwd=ROOT, env=environment, check=True)  # noqa: S603  # our own words


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except stage_parameters.UnknownStage as unknown:
        sys.exit(str(unknown))
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)

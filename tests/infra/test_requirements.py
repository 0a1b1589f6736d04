"""The third-party layer is pinned exactly and leaves out what the runtime carries."""

import re

from tests.infra.template import ROOT

PIN = re.compile(r"^[A-Za-z0-9_.-]+(\[[a-z0-9,]+\])?==[0-9][\w.]*$")


def pins(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    stripped = [line.partition("#")[0].strip() for line in lines]
    return [line for line in stripped if line and not line.startswith("-")]


def test_everything_is_pinned_exactly() -> None:
    files = ("layers/dependencies/requirements.txt", "requirements-dev.txt", "constraints-dev.txt")
    loose = [pin for name in files for pin in pins(name) if not PIN.match(pin)]

    assert loose == []


def test_the_layer_leaves_boto3_to_the_runtime() -> None:
    names = {pin.partition("==")[0].lower() for pin in pins("layers/dependencies/requirements.txt")}

    assert not names & {"boto3", "botocore", "s3transfer", "urllib3"}

"""Size of the two layers every function has, unzipped, as they are built for the runtime."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "layers/dependencies/requirements.txt"
BUILT = ROOT / ".aws-sam/build/DependenciesLayer/python"
BUDGET_MEGABYTES = 60
_BYTES = 2**20  # as AWS counts: its quota of 250 MB is 262,144,000 bytes
_PLATFORMS = ("manylinux2014_aarch64", "manylinux_2_28_aarch64")


def measurements() -> Iterator[Measurement]:
    """From ``sam build`` if it knows the current requirements, else from the same wheels."""
    core = _megabytes(ROOT / "layers/core/offers")
    if _is_current():
        yield _measured(_megabytes(BUILT), core, "sam build")
        return
    with TemporaryDirectory() as folder:
        target = Path(folder)
        _install(target)
        yield _measured(_megabytes(target), core, "pip install --target for arm64")


def _measured(dependencies: float, core: float, source: str) -> Measurement:
    how = f"dependencies {dependencies:.1f} + core {core:.1f}, from {source}"
    what = "layers unzipped, without boto3"
    return Measurement(what, dependencies + core, BUDGET_MEGABYTES, " MB", how)


def _is_current() -> bool:
    copied = BUILT / "requirements.txt"
    return copied.is_file() and copied.read_bytes() == REQUIREMENTS.read_bytes()


def _install(target: Path) -> None:
    platforms = [word for each in _PLATFORMS for word in ("--platform", each)]
    options = ["--only-binary=:all:", "--python-version=3.13", "--no-compile", "--no-deps"]
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    where = ["--target", str(target), "-r", str(REQUIREMENTS)]
    subprocess.run([*command, *options, *platforms, *where], check=True, stderr=subprocess.DEVNULL)


def _megabytes(folder: Path) -> float:
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sum(path.stat().st_size for path in files) / _BYTES

"""TCP ports on the loopback interface."""

from __future__ import annotations

import socket
import time
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from infra.local.errors import StackError

if TYPE_CHECKING:
    import subprocess

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """The ports that callers know, one after the other."""

    api: int
    aws: int
    provisioning: int
    postgres: int
    redis: int


def choose_ports(first: int) -> Ports:
    """``first`` and the four after it; free ones when ``first`` is 0.

    Raises StackError, naming the port, when one is taken.
    """
    if first == 0:
        return Ports(*_different_ports())
    ports = Ports(*range(first, first + len(fields(Ports))))
    for port in astuple(ports):
        if not _is_free(port):
            message = (
                f"Port {port} is taken by another program; choose others with PORT={first + 100}."
            )
            raise StackError(message)
    return ports


def _different_ports() -> list[int]:
    found: list[int] = []
    while len(found) < len(fields(Ports)):
        if (port := free_port()) not in found:
            found.append(port)
    return found


def free_port() -> int:
    """One that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_listening(
    port: int, part: str, process: subprocess.Popen[bytes], seconds: float = 20.0
) -> None:
    """Raises StackError when the process ended or does not listen in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.02)
    message = f"{part} did not start; DATA_DIR's logs folder says why."
    raise StackError(message)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True

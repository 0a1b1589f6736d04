"""``python -m infra.local.aws_server PORT DATA_DIR``: the stand-in for AWS.

Runs until its standard input closes, so it never outlives the stack that holds the other end.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("AWS_ACCESS_KEY_ID", "laptop")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "laptop")

from infra.local.aws_server.app import watched_moto
from infra.local.aws_server.asked_attributes import work_out_what_is_asked
from infra.local.ports import HOST
from infra.local.servers.loopback import LoopbackOnly
from infra.local.servers.web import WebServer


def main() -> None:
    """Serve in the background and wait for standard input to end."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the stack decides
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    work_out_what_is_asked()
    moto = LoopbackOnly(watched_moto(Path(sys.argv[2])))
    WebServer.start(HOST, int(sys.argv[1]), moto)
    sys.stdin.read()
    os._exit(0)  # what it holds is worth nothing now, and requests may be waiting


if __name__ == "__main__":
    main()

"""``python -m tests.soak --seconds 60``: prints the report, and fails on any breach."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
from pathlib import Path

from tests.soak.run import a_soak

REPORT = Path(".local/soak.md")


def main() -> int:
    """0: no promise was broken."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    arguments = parser.parse_args()
    logging.getLogger("offers").setLevel(logging.ERROR)  # it warns of what is done to it
    with a_soak(arguments.seed) as soak:
        text = soak.run(arguments.seconds)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 1 if soak.events.breaches else 0


if __name__ == "__main__":
    sys.exit(main())

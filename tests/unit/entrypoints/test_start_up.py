from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"boto3", "sqlalchemy", "psycopg2", "redis", "jwt", "argon2", "cryptography"}


@pytest.mark.parametrize(
    "module",
    [
        "entrypoints.http.rest",
        "entrypoints.events.sqs_batch",
        "entrypoints.events.schedule",
        "wiring",
    ],
)
def test_entry_points_load_no_driver(module: str) -> None:
    code = f"import json, sys, offers.{module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & HEAVY

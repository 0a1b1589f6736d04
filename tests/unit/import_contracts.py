"""What a handler must not load, and why: start-up is paid by whoever waits for a cold function."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

FUNCTIONS = Path(__file__).resolve().parents[2] / "functions"
MODULES = sorted(
    p.relative_to(FUNCTIONS).with_suffix("").as_posix() for p in FUNCTIONS.rglob("*.py")
)

DATABASE = frozenset({"sqlalchemy", "psycopg2", "offers.adapters.postgres"})
AWS = frozenset({"boto3", "botocore.session", "botocore.client"})
# Not "cryptography" as a whole: the Redis client looks whether it is installed, no more.
CRYPTO = frozenset({"jwt", "cryptography.hazmat", "cryptography.x509"})
PASSWORDS = frozenset({"argon2"})
EMAILS = frozenset({"jinja2"})
MIGRATIONS = frozenset({"alembic", "mako"})
REST = frozenset({"aws_lambda_powertools.event_handler.openapi.params"})

BEFORE_THE_GATEWAY_KNOWS_WHO = frozenset(
    f"auth/{name}" for name in ("login", "refresh", "logout", "get_jwks", "authorize")
)
ENDPOINT_FOLDERS = ("account", "activation", "admin", "auth", "docs", "offers", "ops", "partner")


@dataclass(frozen=True)
class Contract:
    """``forbidden`` packages or modules of the functions that match a pattern."""

    patterns: tuple[str, ...]
    forbidden: frozenset[str]
    reason: str
    unless: frozenset[str] = frozenset()

    def covers(self, module: str) -> bool:
        return module not in self.unless and any(fnmatch(module, p) for p in self.patterns)


CONTRACTS = (
    Contract(
        ("activation/get_activation_status", "offers/list_offers"),
        DATABASE | AWS | CRYPTO | PASSWORDS | EMAILS | MIGRATIONS,
        "the most frequent requests are answered by Redis alone",
    ),
    Contract(
        tuple(f"{folder}/*" for folder in ENDPOINT_FOLDERS),
        CRYPTO,
        "the authorizer has verified the token already",
        unless=BEFORE_THE_GATEWAY_KNOWS_WHO,
    ),
    Contract(
        ("notifications/deliver_notifications", "partner/deliver_webhooks"),
        DATABASE | REST,
        "deliveries have no database: their messages hold everything, their outcomes are reported",
    ),
    Contract(
        ("*",), MIGRATIONS, "only the migration needs Alembic", unless=frozenset({"ops/migrate"})
    ),
    Contract(("*",), PASSWORDS, "hashing is loaded by the sign-in that does it"),
    Contract(("*",), EMAILS, "templates are loaded by the event that writes an email"),
    Contract(
        (
            *("lifecycle/*", "notifications/*s", "activation/consume_*", "activation/reconcile_*"),
            *("ops/relay_outbox", "ops/verify_ledger", "ops/prune_expired"),
            "ops/seal_secrets",
        ),
        REST,
        "queues and schedules send no HTTP requests to be parsed",
    ),
)

# What each of these makes its use case of, so that a contract holds after wiring, not only after
# the import.
_URLS = {
    "STAGE": "local",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "OUTCOME_QUEUE_URL": "https://sqs.example.com/outcome",
    "EMAIL_SENDER": "offers@example.com",
    "PUBLIC_URL": "https://api.example.com",
}
USE_CASES = {
    "activation/get_activation_status": "activation.get_transaction_status.GetTransactionStatus",
    "offers/list_offers": "catalogue.list_offers.ListOffers",
    "notifications/deliver_notifications": "notifications.deliver_notification.DeliverNotification",
    "partner/deliver_webhooks": "webhooks.deliver_webhook.DeliverWebhook",
}

_PROGRAM = """
import importlib, json, sys
sys.path.insert(0, {folder!r})
opened = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen"):
        opened.append(event)
sys.addaudithook(watch)
importlib.import_module({name!r})
if {use_case!r}:
    import os
    os.environ.update({environment!r})
    module, _, name = {use_case!r}.rpartition(".")
    made = getattr(importlib.import_module("offers.services." + module), name)
    importlib.import_module("offers.wiring").make(made)
print(json.dumps({{"modules": list(sys.modules), "opened": opened}}))
"""


@dataclass(frozen=True)
class Loaded:
    """What an interpreter held after the import, and whom it had talked to."""

    modules: frozenset[str]
    opened: tuple[str, ...]

    def breaches(self, forbidden: frozenset[str]) -> set[str]:
        return {m for m in self.modules if any(f"{m}.".startswith(f"{f}.") for f in forbidden)}


def load(module: str, environment: dict[str, str], use_case: str = "") -> Loaded:
    """Import one handler in a fresh interpreter that has no setting to read."""
    path = FUNCTIONS / module
    known: dict[str, Any] = {"environment": _URLS, "use_case": use_case}
    code = _PROGRAM.format(folder=str(path.parent), name=path.name, **known)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    return Loaded(frozenset(answer["modules"]), tuple(answer["opened"]))

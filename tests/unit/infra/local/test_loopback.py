"""The laptop's own pages answer this machine only, and its secrets are its user's only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from infra.local.aws_server.app import WatchedMoto
from infra.local.aws_server.message_journal import MessageJournal
from infra.local.clock import MovableClock
from infra.local.provisioning.server import ProvisioningServer
from infra.local.provisioning.simulator import Simulator
from infra.local.secret_keys import sealing_keys, token_keys
from infra.local.servers.loopback import LoopbackOnly
from infra.local.stack_folder import StackFolder, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = Client(LoopbackOnly(Response("controls")))


@pytest.mark.parametrize("host", ["localhost", "localhost:3000", "127.0.0.1:3000", "[::1]:3000"])
@pytest.mark.parametrize("origin", [None, "http://localhost:3000", "http://127.0.0.1:8080"])
def test_this_machine_is_answered(host: str, origin: str | None) -> None:
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    assert CLIENT.post("/_local/clock", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("evil.example:3000", None),  # a name that its owner made resolve to 127.0.0.1
        ("127.0.0.1.evil.example", None),
        ("localhost.evil.example", None),
        ("evil.example@127.0.0.2.example", None),
        ("192.0.2.7:3000", None),
        ("", None),
        ("[", None),
        ("localhost:3000", "https://evil.example"),  # a form on somebody's page
        ("localhost:3000", "http://localhost.evil.example"),
        ("localhost:3000", "null"),
        ("localhost:3000", ""),
    ],
)
def test_nobody_else_is(host: str, origin: str | None) -> None:
    headers = {"Host": host} | ({} if origin is None else {"Origin": origin})
    answer = CLIENT.post("/_local/clock", headers=headers)
    assert (answer.status_code, answer.text) == (403, "This machine only.\n")


def test_the_provisioning_simulator_is_guarded_too() -> None:
    from infra.local.ports import free_port
    from tests.local.http import Http

    server = ProvisioningServer.start(free_port(), Simulator())
    try:
        ask = Http(server.url)
        assert ask("GET", "/activations/none").status == 404
        assert ask("GET", "/activations/none", headers={"Host": "evil.example"}).status == 403
    finally:
        server.stop()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_keys_and_mail_are_their_users_only(tmp_path: Path) -> None:
    folder = StackFolder(tmp_path)
    token_keys(folder.token_keys)
    sealing_keys(folder.sealing_keys)
    write_atomically(folder.api_keys, "{}")
    write_atomically(folder.stack_file, "{}")
    messages = MessageJournal.open(folder.messages)
    moto = WatchedMoto(Response("{}"), folder, MovableClock(folder.clock_offset), messages)
    email = {
        "Destination": {"ToAddresses": ["ada@example.com"]},
        "Content": {"Simple": {"Subject": {"Data": "Hello"}, "Body": {"Text": {"Data": "…"}}}},
    }
    signed = "AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-1/ses/aws4_request"
    Client(moto).post(
        "/v2/email/outbound-emails", data=json.dumps(email), headers={"Authorization": signed}
    )

    files = (
        folder.token_keys,
        folder.sealing_keys,
        folder.api_keys,
        folder.stack_file,
        folder.mailbox,
        folder.messages,
    )
    assert [mode(file) for file in files] == [0o600] * 6


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    folder = StackFolder(tmp_path)
    for file in (folder.token_keys, folder.api_keys, folder.mailbox):
        file.touch(0o644)

    folder.lock()
    folder.unlock()

    assert {mode(file) for file in (folder.token_keys, folder.api_keys, folder.mailbox)} == {0o600}

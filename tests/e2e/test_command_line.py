"""The `offers` command against the laptop stack."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from infra.cli.app import app
from infra.cli.errors import CommandError, ExitCode
from tests.e2e.client import Client, sign_in
from tests.e2e.newcomer import add_customer

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Http

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Command:
    """Runs `offers` in this process."""

    data_folder: Path

    def __call__(self, *arguments: str, given: str | None = None) -> str:
        """What it prints. Raises what `main` turns into an exit code."""
        options = ["--data-dir", str(self.data_folder)]
        result = CliRunner().invoke(app, [*options, *arguments], input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *arguments: str, given: str | None = None) -> Any:
        return json.loads(self(*arguments, "--json", given=given))

    def refusal(self, *arguments: str, given: str | None = None) -> tuple[int, str]:
        with pytest.raises(CommandError) as caught:
            self(*arguments, given=given)
        return caught.value.exit_code, getattr(caught.value, "code", "")


@pytest.fixture(scope="module")
def offers(laptop_stack: LaptopStack) -> Command:
    return Command(laptop_stack.data_dir)


@pytest.fixture
def username(database: Any) -> str:
    return add_customer(database)


def test_the_catalogue(offers: Command) -> None:
    code = f"CLI-{uuid4().hex[:8]}"
    described = ("--category", "tv", "--price", "2.50", "--days", "7", "--product", "One")
    offers("offer", "create", code, "From the terminal", *described, "-r", "test")
    assert offers.json("offer", "publish", code, "-r", "test")["status"] == "active"
    assert offers.json("offer", "retire", code, "-r", "test")["status"] == "retired"
    listed = offers.json("offer", "list", "--status", "retired", "--search", code)
    assert [(each["code"], each["version"]) for each in listed] == [(code, 3)]
    assert code in offers("offer", "list", "--search", code)
    assert offers.refusal("offer", "retire", "NEVER", "-r", "x") == (1, "offer_not_found")
    again = ("offer", "create", code, "Again", *described, "-r", "test")
    assert offers.refusal(*again) == (1, "offer_code_taken")


def test_users_and_their_money(offers: Command, api: Http) -> None:
    name = f"cli-{uuid4().hex[:8]}"
    secret = "a long passphrase"
    create = ("user", "create", name, f"{name}@example.com", "-r", "test", "--password-stdin")
    user = offers.json(*create, given=f"{secret}\n")
    reference = ("--reference", f"bank {name}", "-r", "test")
    offers("user", "top-up", name, "12.50", *reference)
    assert offers.refusal("user", "top-up", name, "12.50", *reference) == (1, "already_credited")
    adjust = ("user", "adjust", name, "-2.50", "--reference", f"ticket {name}", "-r", "test")
    assert offers.json(*adjust)["balance"] == "10.00"
    assert sign_in(api, name, secret).balance() == "10.00"
    told = offers.json("user", "statement", name)
    assert [(line["amount"], line["balance"]) for line in told] == [
        ("12.50", "12.50"),
        ("-2.50", "10.00"),
    ]
    assert told[0]["external_reference"] == f"bank {name}"
    assert "-2.50" in offers("user", "statement", name, "--from", "2020-01-01")
    assert offers.json("user", "statement", name, "--month", "2020-12") == []
    assert offers.refusal("user", "statement", name, "--month", "May") == (2, "")
    shown = offers.json("user", "show", name)
    assert (shown["user"]["balance"], len(shown["ledger"])) == ("10.00", 2)
    assert "10.00" in offers("user", "show", user["id"])
    assert offers.json("user", "deactivate", name, "-r", "test")["active"] is False
    assert offers.json("user", "activate", user["id"], "-r", "test")["active"] is True
    assert name in offers("user", "list", "--search", name)
    assert offers.refusal("user", "top-up", "nobody", "1", *reference) == (1, "user_not_found")
    assert offers.refusal("user", "top-up", "-r", "x") == (2, "")
    assert offers.refusal("user", "top-up", name, "1.00", "-r", "x") == (2, "")
    assert offers.refusal(*create, given="short\n") == (2, "")
    assert offers.refusal(*create[:-1]) == (2, "")  # no terminal to ask


def test_an_administrator_without_one(offers: Command, api: Http) -> None:
    name = f"ops-{uuid4().hex[:8]}"
    create = ("create-admin", name, f"{name}@example.com", "--password-stdin")
    assert offers.json(*create, given="a long passphrase\n")["username"] == name
    admin = sign_in(api, name, "a long passphrase")
    assert admin.get("/admin/users?limit=1").status == 200
    assert offers.refusal(*create, given="a long passphrase\n") == (1, "UsernameTaken")


def test_partners_and_their_keys(offers: Command, customer: Client, tmp_path: Path) -> None:
    name = f"cli-{uuid4().hex[:8]}"
    create = ("partner", "create", name, "ops@example.com", "--credit-limit", "50", "-r", "test")
    assert offers.json(*create)["credit_limit"] == "50.00"
    old = offers.json("partner", "rotate-key", name, "-r", "test")
    new = offers.json("partner", "rotate-key", name, "-r", "test")
    offers("partner", "revoke-key", name, old["id"], "-r", "test & done")
    limits = ("--credit-limit", "75", "--per-minute", "5", "--per-day", "50", "--plan", "premium")
    assert offers.json("partner", "set-limit", name, *limits, "-r", "x")["credit_limit"] == "75.00"
    assert offers.refusal("partner", "set-limit", name, "-r", "x") == (2, "")
    paid = ("partner", "credit", name, "10.00", "--reference", f"bank {name}", "-r", "paid")
    assert offers.json(*paid)["balance"] == "10.00"
    assert offers.refusal(*paid) == (1, "already_credited")
    (line,) = offers.json("partner", "statement", name)
    assert (line["kind"], line["balance"]) == ("top_up", "10.00")
    assert offers.refusal("partner", "rotate-key", "nobody", "-r", "x") == (
        1,
        "partner_not_found",
    )
    assert new["id"] in offers("partner", "list", "--limit", "100")


def test_a_transactions_story(offers: Command, customer: Client, offer: dict[str, Any]) -> None:
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    customer.settled(transaction_id)

    story = offers.json("transaction", "show", transaction_id)
    reference = story["transaction"]["reference"]
    told = offers("transaction", "show", reference)

    assert reference in told
    assert "charge" in told
    me = customer.get("/auth/profile").json()["username"]
    (listed,) = offers.json("transaction", "list", "--user", me)
    assert listed["transaction_id"] == transaction_id
    assert offers.json("transaction", "list", "--partner", "acme-tv", "--status", "FAILED") == []
    assert offers.refusal("transaction", "show", "REF-NEVER") == (1, "transaction_not_found")
    offers("attention", "list")
    resolve = ("attention", "resolve", reference)
    assert offers.json(*resolve, "activated", "-r", "test")["status"] == "SUCCESS"
    assert offers.refusal(*resolve, "not_activated", "-r", "test") == (
        1,
        "transaction_already_settled",
    )


def test_proofs_queues_and_logs(offers: Command, laptop_stack: LaptopStack) -> None:
    assert offers.json("verify-ledger")["is_clean"] is True
    assert "balance_is_sum" in offers("verify-ledger")
    assert offers.json("seed")["created"] == 0
    assert "created_at" in offers.json("audit", "--limit", "1")[0]
    names = {each["queue"] for each in offers.json("dead-letter", "list")}
    assert {"activation", "notification", "webhook", "outcome"} <= names
    assert offers.refusal("dead-letter", "redrive", "nothing") == (2, "")


def test_dead_letters_go_back(offers: Command, laptop_stack: LaptopStack) -> None:
    from infra.local.aws_resources import AwsClients

    addresses = laptop_stack.addresses
    sqs = AwsClients(addresses.aws).client("sqs")
    queue = addresses.queues["OutcomeDeadLetterQueue"]
    for _ in range(12):
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"kind": "nothing"}))

    assert offers.json("dead-letter", "redrive", "outcome")["moved"] >= 12


def test_a_bulk_top_up_and_its_rejects(
    offers: Command, username: str, api: Http, tmp_path: Path
) -> None:
    file = tmp_path / "paid-in.csv"
    bank = f"bank {uuid4().hex[:8]}"
    rows = [f"{username},1.00,{bank}/{number}" for number in range(30)]
    bad = [f"nobody,1.00,{bank}/a", f"{username},-1,{bank}/b", f"{username},2.00,{bank}/c,x"]
    text = "\n".join(("username,amount,external_reference", *rows, *bad)) + "\n"
    file.write_text(text, encoding="utf-8")
    run = ("user", "top-up", "--currency", "EUR", "-r", "bulk", "--csv")

    assert offers.refusal(*run, str(file)) == (2, "")  # nobody to ask
    assert offers.refusal(*run, str(file), "--dry-run") == (1, "rows_rejected")
    assert sign_in(api, username).balance() == "500.00"
    for _ in "12":
        assert offers.refusal(*run, str(file), "--yes") == (1, "rows_rejected")
        rejects = Path(f"{file}.rejects.csv").read_text(encoding="utf-8").splitlines()
        assert [line.split(",")[-3:-1] for line in rejects[1:]] == [
            ["32", "user_not_found"],
            ["33", "bad_row"],
            ["34", "bad_row"],
        ]
    assert sign_in(api, username).balance() == "530.00"

    corrected = tmp_path / "another laptop.csv"
    text = text.replace("nobody", username).replace(",-1,", ",1.00,").replace("/c,x", "/c")
    corrected.write_text(text, encoding="utf-8")
    summary = offers.json(*run, str(corrected), "--yes")
    assert (summary["done"], summary["done_before"]) == (3, 30)
    assert {note["by"] for note in summary["notes"]} == {"admin"}
    assert sign_in(api, username).balance() == "534.00"


def test_rows_that_wait_for_a_second_administrator_are_told(
    offers: Command, username: str, api: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.csv"
    reference = f"bank {uuid4().hex[:8]}"
    text = f"username,amount,external_reference,currency\n{username},10000.01,{reference},EUR\n"
    file.write_text(text, encoding="utf-8")
    run = ("user", "top-up", "--yes", "-r", "bulk", "--csv", str(file))

    first, again = offers.json(*run), offers.json(*run)
    assert (first["waiting"], first["done"], again["waiting"], again["skipped"]) == (1, 0, 1, 0)
    (note,) = again["notes"]
    assert (note["reference"], note["by"]) == (reference, "admin")
    assert note["id"] in {each["id"] for each in offers.json("credit", "list")}
    approve = ("credit", "approve", note["id"], "-r", "seen")
    assert offers.refusal(*approve) == (1, "second_administrator_needed")

    second = f"ops-{uuid4().hex[:8]}"
    create = ("create-admin", second, f"{second}@example.com", "--password-stdin")
    offers.json(*create, given="a long passphrase\n")
    token = sign_in(api, second, "a long passphrase").headers["Authorization"]
    monkeypatch.setenv("OFFERS_TOKEN", token.removeprefix("Bearer "))
    assert offers.json("--api", api.url, *approve)["status"] == "approved"
    monkeypatch.delenv("OFFERS_TOKEN")
    assert offers.json(*run)["done_before"] == 1
    assert sign_in(api, username).balance() == "10500.01"


def test_bulk_orders_of_a_partner(offers: Command, customer: Client, tmp_path: Path) -> None:
    cheap = customer.offers("sort=price")[:3]
    me = customer.get("/auth/profile").json()["id"]
    file = tmp_path / "orders.csv"
    head = "user_id,offer_id,amount,partner_reference"
    order = uuid4().hex
    rows = [f"{me},{offer['id']},{offer['price']},{order}-{offer['code']}" for offer in cheap]
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    run = ("partner", "activate", "--currency", "EUR", "--yes", "--csv")

    assert offers.json(*run, str(file))["done"] == 3
    assert offers.json(*run, str(file))["skipped"] == 3
    corrected = tmp_path / "corrected.csv"
    corrected.write_text("\n".join((head, *reversed(rows))) + "\n", encoding="utf-8")
    assert offers.json(*run, str(corrected))["done_before"] == 3
    file.write_text("user_id,offer_id,amount\n", encoding="utf-8")
    assert offers.refusal(*run, str(file)) == (2, "")
    listed = customer.get("/account/transactions").json()["data"]
    assert len(listed) == 3
    assert customer.balance() == "500.00"


def test_the_program_ends_with_the_documented_codes(tmp_path: Path) -> None:
    def exit_code(*arguments: str, **environment: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "infra.cli", *arguments],
            cwd=ROOT,
            env={"PATH": "/usr/bin", "OFFERS_TOKEN": "", **environment},
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stderr

    nowhere = str(tmp_path)
    code, why = exit_code("--data-dir", nowhere, "offer", "list")
    assert (code, "make run" in why, "Traceback" in why) == (ExitCode.UNREACHABLE, True, False)
    assert exit_code("--api", "http://127.0.0.1:1", "offer", "list")[0] == ExitCode.USAGE
    token = {"OFFERS_TOKEN": "x"}
    code, why = exit_code("--api", "http://127.0.0.1:1", "offer", "list", **token)
    assert (code, "Traceback" in why) == (ExitCode.UNREACHABLE, False)
    assert exit_code("--api", "http://127.0.0.1:1", "verify-ledger", **token)[0] == 3
    both = ("--api", "http://127.0.0.1:1", "--stack", "x", "offer", "list")
    assert exit_code(*both)[0] == ExitCode.USAGE
    assert exit_code("no-such-command")[0] == ExitCode.USAGE
    assert exit_code("--help")[0] == ExitCode.OK


def test_only_the_api_is_known(offers: Command, api: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    token = sign_in(api, "admin").headers["Authorization"].removeprefix("Bearer ")
    monkeypatch.setenv("OFFERS_TOKEN", token)
    report = offers.json("--api", api.url, "verify-ledger")
    assert report["is_clean"] is True
    assert offers.refusal("--api", api.url, "dead-letter", "list") == (2, "")
    create = ("--api", api.url, "create-admin", "x", "x@example.com", "--password-stdin")
    assert offers.refusal(*create, given="long enough\n") == (2, "")
    monkeypatch.setenv("OFFERS_TOKEN", "not-a-token")
    assert offers.refusal("--api", api.url, "offer", "list") == (1, "unauthorized")
    monkeypatch.delenv("OFFERS_TOKEN")
    monkeypatch.setenv("OFFERS_USERNAME", "admin")
    monkeypatch.setenv("OFFERS_PASSWORD", "password123")
    assert offers.json("--api", api.url, "offer", "list", "--limit", "1")
    monkeypatch.setenv("OFFERS_PASSWORD", "wrong password")
    assert offers.refusal("--api", api.url, "offer", "list") == (1, "invalid_credentials")

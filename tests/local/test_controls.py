"""The /_local endpoints."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from infra.local.aws_resources import AwsClients
from infra.local.settings import EMAIL_SENDER
from tests.local.http import Http

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack

pytestmark = pytest.mark.integration

HTML = {"Accept": "text/html,*/*;q=0.8"}


def _now(http: Http) -> datetime:
    return datetime.fromisoformat(http("GET", "/_local/clock").json()["now"])


def test_clock_only_goes_forward(http: Http) -> None:
    before = _now(http)
    assert http("POST", "/_local/clock", {"advance_seconds": 3600}).status == 200
    assert _now(http) - before >= timedelta(hours=1)
    for wrong in (-1, "3", None, True):
        assert http("POST", "/_local/clock", {"advance_seconds": wrong}).status == 400


def test_schedule_runs_now_and_answers_with_its_result(http: Http) -> None:
    first = http("POST", "/_local/schedules/CountFunction").json()
    second = http("POST", "/_local/schedules/CountFunction").json()
    assert second == {"runs": first["runs"] + 1, "source": "aws.scheduler"}
    assert http("POST", "/_local/schedules/EchoFunction").status == 404


def test_mail_is_kept_with_text_and_html(http: Http, stack: LaptopStack) -> None:
    sesv2 = AwsClients(stack.addresses.aws).client("sesv2")
    sesv2.send_email(
        FromEmailAddress=EMAIL_SENDER,
        Destination={"ToAddresses": ["ada@example.com"]},
        Content={
            "Simple": {
                "Subject": {"Data": "Welcome"},
                "Body": {"Text": {"Data": "Hello"}, "Html": {"Data": "<p>Hello</p>"}},
            }
        },
    )
    ses = AwsClients(stack.addresses.aws).client("ses")
    raw = b"From: a@b.c\r\nTo: bob@example.com\r\nSubject: Raw\r\n\r\nPlain text\r\n"
    ses.send_raw_email(Source=EMAIL_SENDER, RawMessage={"Data": raw})
    newest, older, *_ = http("GET", "/_local/mailbox").json()
    assert (newest["to"], newest["subject"]) == ("bob@example.com", "Raw")
    assert newest["text"].strip() == "Plain text"
    assert {**older, "sent_at": ""} == {
        "to": "ada@example.com",
        "subject": "Welcome",
        "text": "Hello",
        "html": "<p>Hello</p>",
        "sent_at": "",
    }
    page = http("GET", "/_local/mailbox", headers=HTML).content.decode()
    assert 'srcdoc="&lt;p&gt;Hello&lt;/p&gt;"' in page


def test_front_page_shows_every_part(http: Http) -> None:
    page = http("GET", "/_local/", headers=HTML).content.decode()
    for part in ("API Gateway", "PostgreSQL", "Redis", "AWS (moto)", "Provisioning"):
        assert part in page
    assert http("GET", "/_local").status in {200, 308}
    assert http("GET", "/_local/nothing").status == 404


def test_sandbox_partner_keeps_webhooks(http: Http) -> None:
    http("POST", "/_local/webhooks", {"type": "activation.succeeded"}, {"webhook-id": "w1"})
    newest = http("GET", "/_local/webhooks").json()[0]
    assert newest["headers"]["webhook-id"] == "w1"
    assert json.loads(newest["body"]) == {"type": "activation.succeeded"}


def test_metrics_are_collected_from_the_logs(http: Http) -> None:
    before = len(http("GET", "/_local/metrics").json())
    http("POST", "/_local/schedules/CountFunction")
    points = http("GET", "/_local/metrics").json()
    assert len(points) == before + 1
    assert points[-1] == {
        "namespace": "Shop",
        "name": "Runs",
        "unit": "None",
        "dimensions": {"service": "s"},
        "value": 1.0,
        "timestamp_ms": 1,
    }


class TestProvisioning:
    def _activate(self, stack: LaptopStack, operation_id: str) -> tuple[int, bytes]:
        provisioning = Http(stack.addresses.provisioning)
        answer = provisioning("POST", "/activations", {"operation_id": operation_id}, seconds=1)
        return answer.status, answer.content

    def _behave(self, http: Http, **behaviour: object) -> None:
        assert http("PUT", "/_local/provisioning", behaviour).status == 200

    def test_activation_is_idempotent(self, http: Http, stack: LaptopStack) -> None:
        self._behave(http)
        first, second = self._activate(stack, "op-1"), self._activate(stack, "op-1")
        assert (first[0], second[0]) == (201, 200)
        assert first[1] == second[1]
        listed = http("GET", "/_local/provisioning").json()["activations"]
        assert [(o["calls"], o["state"]) for o in listed if o["operation_id"] == "op-1"] == [
            (2, "activated")
        ]

    @pytest.mark.parametrize(
        ("mode", "status", "known"),
        [("reject", 409, 200), ("unavailable", 503, 200), ("garbage", 200, 200)],
    )
    def test_modes_that_answer_hold_for_count_calls(
        self, http: Http, stack: LaptopStack, mode: str, status: int, known: int
    ) -> None:
        self._behave(http, mode=mode, count=1)
        assert self._activate(stack, f"op-{mode}")[0] == status
        provisioning = Http(stack.addresses.provisioning)
        found = provisioning("GET", f"/activations/op-{mode}")
        assert (found.status, found.json()["state"]) == (known, "not_activated")
        assert self._activate(stack, f"op-{mode}")[0] in {200, 201}

    @pytest.mark.parametrize(
        ("mode", "state"),
        [("timeout_before_effect", "not_activated"), ("timeout_after_effect", "activated")],
    )
    def test_modes_that_never_answer(
        self, http: Http, stack: LaptopStack, mode: str, state: str
    ) -> None:
        self._behave(http, mode=mode, count=1)
        with pytest.raises(TimeoutError):
            self._activate(stack, f"op-{mode}")
        found = Http(stack.addresses.provisioning)("GET", f"/activations/op-{mode}")
        assert found.json()["state"] == state

    def test_unheard_operation_is_404(self, stack: LaptopStack) -> None:
        assert Http(stack.addresses.provisioning)("GET", "/activations/never").status == 404

    def test_wrong_behaviour_is_refused(self, http: Http) -> None:
        assert http("PUT", "/_local/provisioning", {"mode": "sulk"}).status == 400

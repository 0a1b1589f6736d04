"""Dashboards and alarms name what is emitted, all of it is shown; alarms have their runbook."""

import re
from typing import Any

import pytest

from offers.domain.errors.sessions import InvalidCredentials, TooManyAttempts
from offers.domain.ledger_report import LedgerRule
from offers.domain.transaction import TransactionKind
from offers.entrypoints.metric_names import Metric
from offers.services.webhooks.record_webhook_outcome import DeliveryStep
from tests.infra.observed import ALARM, OURS, Named, in_alarm, in_widget, text, widgets
from tests.infra.template import QUEUE, ROOT, functions, resources, target, template

EMITTED = {each.value.name: frozenset({"service", *each.value.dimensions}) for each in Metric}
AMAZONS = {
    ("AWS/ApiGateway", frozenset({"ApiName", "Stage"})),
    ("AWS/CertificateManager", frozenset({"CertificateArn"})),
    ("AWS/ElastiCache", frozenset({"clusterId"})),
    ("AWS/Lambda", frozenset()),
    ("AWS/Lambda", frozenset({"FunctionName"})),
    ("AWS/RDS", frozenset({"DBClusterIdentifier"})),
    ("AWS/RDS", frozenset({"ProxyName"})),
    ("AWS/SES", frozenset()),
    ("AWS/SQS", frozenset({"QueueName"})),
}
ALARMS = resources(ALARM)
IN_ALARMS = [(name, each) for name, alarm in ALARMS.items() for each in in_alarm(alarm)]
IN_WIDGETS = [(name, each) for name, shown in widgets() for each in in_widget(shown)]
SCHEDULES = {
    function.module.partition("/")[2]
    for function in functions()
    if any(function.events("ScheduleV2"))
}
QUEUES = {name: text(queue["QueueName"]) for name, queue in resources(QUEUE).items()}
CONSUMED = {
    QUEUES[target(source["Queue"])]
    for function in functions()
    for _, source in function.events("SQS")
}
VARIABLES = template()["Globals"]["Function"]["Environment"]["Variables"]
ROUTES = {
    f"{route['Method']} {route['Path']}"
    for function in functions()
    for _, route in function.events("Api")
}
VALUES: dict[str, set[str]] = {
    "service": {VARIABLES["POWERTOOLS_SERVICE_NAME"]},
    "rule": set(LedgerRule),
    "kind": set(TransactionKind),
    "schedule": SCHEDULES,
    "queue": CONSUMED,
    "route": ROUTES,
    "step": set(DeliveryStep),
    "outcome": {InvalidCredentials.code, TooManyAttempts.code},
    "currency": {"${Currency}"},
    "QueueName": set(QUEUES.values()),
}
HEADING = re.compile(r"^### Alarm: (.+)$", re.MULTILINE)


@pytest.mark.parametrize(("where", "named"), IN_ALARMS + IN_WIDGETS)
def test_what_is_named_is_emitted(where: str, named: Named) -> None:
    if named.namespace == OURS:
        assert named.metric in EMITTED
        asked_by_query = named.values is None and not named.dimensions
        assert asked_by_query or named.dimensions == EMITTED[named.metric]
    else:
        assert (named.namespace, named.dimensions) in AMAZONS


@pytest.mark.parametrize(("where", "named"), IN_ALARMS + IN_WIDGETS)
def test_a_value_of_a_dimension_is_one_that_occurs(where: str, named: Named) -> None:
    for dimension, value in named.values or ():
        assert dimension not in VALUES or value in VALUES[dimension]


def test_what_is_emitted_is_shown() -> None:
    assert {named.metric for _, named in IN_WIDGETS if named.namespace == OURS} == set(EMITTED)


def test_the_namespace_is_the_stacks_own() -> None:
    assert VARIABLES["POWERTOOLS_METRICS_NAMESPACE"] == {"Fn::Sub": "Offers/${AWS::StackName}"}


def test_every_rule_every_schedule_and_every_queue_has_its_alarm() -> None:
    def alarmed(metric: str, dimension: str) -> set[str]:
        return {
            value
            for _, named in IN_ALARMS
            if named.metric == metric
            for name, value in named.values or ()
            if name == dimension
        }

    dead = {name for name in QUEUES.values() if name.endswith("-dead-letter")}
    assert alarmed("LedgerBreaches", "rule") == set(LedgerRule)
    assert alarmed("ScheduledRunDuration", "schedule") == SCHEDULES
    assert alarmed("ScheduledRunFailures", "schedule") == SCHEDULES
    assert alarmed("MessagesFailed", "queue") == CONSUMED
    assert alarmed("ApproximateNumberOfMessagesVisible", "QueueName") == dead


def test_silence_is_an_alarm_only_where_something_must_be_heard() -> None:
    breaching = {
        named.metric for name, named in IN_ALARMS if ALARMS[name]["TreatMissingData"] == "breaching"
    }

    assert breaching == {"ScheduledRunDuration"}


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_says_how_urgent_it_is_and_reaches_who_sees_to_it(name: str) -> None:
    alarm = ALARMS[name]
    severity = text(alarm["AlarmName"]).removeprefix("${Prefix}-").partition("-")[0]

    assert severity in {"page", "ticket"}
    assert alarm["AlarmActions"] == alarm["OKActions"]
    assert [target(each) for each in alarm["AlarmActions"]] == [f"{severity.capitalize()}Topic"]


def anchor(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_every_alarm_has_its_section_in_the_runbook_and_every_section_its_alarm() -> None:
    sections = {
        anchor(f"Alarm: {heading}")
        for heading in HEADING.findall((ROOT / "docs/operations.md").read_text("utf-8"))
    }
    composite = resources("AWS::CloudWatch::CompositeAlarm")
    named = {
        text(alarm["AlarmDescription"]).partition("docs/operations.md#")[2]
        for alarm in [*ALARMS.values(), *composite.values()]
    }

    assert sections == named


def test_a_deployment_rolls_back_on_what_the_release_alarm_is_made_of() -> None:
    """And on the authorizer's, which does not exist yet where the release alarm is made."""
    (release,) = resources("AWS::CloudWatch::CompositeAlarm").values()
    parts = set(re.findall(r'ALARM\("([^"]+)"\)', text(release["AlarmRule"])))
    alarms: list[Any] = template()["Globals"]["Function"]["DeploymentPreference"]["Alarms"]

    assert {text(ALARMS[target(each)]["AlarmName"]) for each in alarms} == {
        *parts,
        "${Prefix}-page-authorizer-errors",
    }


def test_there_are_six_dashboards_for_whom_they_are() -> None:
    names = {name for name, _ in IN_WIDGETS}

    assert names == {
        f"{each}Dashboard"
        for each in ("Clients", "Activation", "Money", "Partners", "Lifecycle", "Platform")
    }

"""What every function owes: a log group, an alias, known settings."""

import re
from typing import Any

import pytest

from tests.infra.template import ROOT, Function, functions, globals_of, named, resources

SHARED = globals_of("Function")
LOG_GROUP = "AWS::Logs::LogGroup"
OWN_VARIABLES = {"CheckReleaseFunction": {"CHECKED_VERSIONS"}}
"""What one function alone needs to know."""
SETTING = re.compile(r'"([A-Z][A-Z_]{3,})"')


def documented_names() -> set[str]:
    text = (ROOT / ".env.example").read_text("utf-8")
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def variables(function: Function) -> dict[str, Any]:
    own = function.properties.get("Environment", {}).get("Variables", {})
    return {**SHARED["Environment"]["Variables"], **own}


@pytest.mark.parametrize("function", functions(), ids=named)
def test_writes_to_the_log_group_of_its_folder(function: Function) -> None:
    folder = function.module.partition("/")[0]
    expected = f"{folder.capitalize()}LogGroup"
    group = resources(LOG_GROUP)[expected]

    assert function.properties["LoggingConfig"] == {"LogGroup": {"Ref": expected}}
    assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/${{AWS::StackName}}/{folder}"}
    assert "RetentionInDays" in group


@pytest.mark.parametrize("function", functions(), ids=named)
def test_every_release_reaches_its_alias(function: Function) -> None:
    assert SHARED["AutoPublishAlias"] == "live"
    applied = {"Fn::If": ["TakesSnapshots", "PublishedVersions", "None"]}
    assert SHARED["SnapStart"] == {"ApplyOn": applied}
    assert function.properties["AutoPublishCodeSha256"] == {"Ref": "Release"}
    assert not {"AutoPublishAlias", "SnapStart", "Runtime"} & set(function.properties)


def test_is_traced_and_built_for_the_chosen_architecture() -> None:
    assert SHARED["Tracing"] == "Active"
    assert SHARED["Architectures"] == [{"Ref": "Architecture"}]
    assert SHARED["Runtime"] == "python3.13"


@pytest.mark.parametrize("function", functions(), ids=named)
def test_an_answer_comes_before_the_gateway_gives_up(function: Function) -> None:
    if any(function.events("Api")):
        assert function.timeout_seconds < 29


@pytest.mark.parametrize("function", functions(), ids=named)
def test_knows_only_documented_variables(function: Function) -> None:
    not_for_hands = {"CLOCK_OFFSET_FILE", "RELEASE"}

    own = OWN_VARIABLES.get(function.logical_id, set())
    others = set[str]().union(*OWN_VARIABLES.values()) - own
    assert set(variables(function)) == (documented_names() | not_for_hands) - others


def test_a_variable_has_one_value_everywhere() -> None:
    values: dict[str, set[str]] = {}
    others = (each for each in functions() if each.logical_id != "MigrateFunction")
    for function in others:  # the others wait for what it did
        for name, value in variables(function).items():
            values.setdefault(name, set()).add(str(value))

    assert {name for name, found in values.items() if len(found) > 1} == set()


def test_every_setting_the_code_reads_is_in_the_template() -> None:
    settings = ROOT / "layers/core/offers/wiring/settings.py"
    read = set(SETTING.findall(settings.read_text("utf-8")))

    assert read
    assert read - set(SHARED["Environment"]["Variables"]) == set()

"""What every function owes: a log group, an alias, known settings, the right side of the VPC."""

import re
from typing import Any

import pytest

from tests.infra.template import ROOT, Function, functions, globals_of, named, resources

SHARED = globals_of("Function")
LOG_GROUP = "AWS::Logs::LogGroup"
DATABASE_POLICY = {"Ref": "DatabasePolicy"}
REDIS_ONLY = {"AuthorizeFunction"}
"""In the VPC for Redis, without the database's credentials."""
SETTING = re.compile(r'"([A-Z][A-Z_]{3,})"')


def documented_names() -> set[str]:
    text = (ROOT / ".env.example").read_text("utf-8")
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def variables(function: Function) -> dict[str, Any]:
    own = function.properties.get("Environment", {}).get("Variables", {})
    return {**SHARED["Environment"]["Variables"], **own}


@pytest.mark.parametrize("function", functions(), ids=named)
def test_has_its_own_log_group_with_retention(function: Function) -> None:
    expected = function.logical_id.removesuffix("Function") + "LogGroup"

    assert function.properties["LoggingConfig"]["LogGroup"] == {"Ref": expected}
    assert "RetentionInDays" in resources(LOG_GROUP)[expected]


def test_log_groups_have_names_of_their_own() -> None:
    names = [str(group["LogGroupName"]) for group in resources(LOG_GROUP).values()]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("function", functions(), ids=named)
def test_publishes_every_change_to_the_alias(function: Function) -> None:
    assert SHARED["AutoPublishAlias"] == "live"
    assert SHARED["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function.properties["AutoPublishAliasAllProperties"] is True
    assert not {"AutoPublishAlias", "SnapStart", "Runtime"} & set(function.properties)


def test_is_traced_and_built_for_the_chosen_architecture() -> None:
    assert SHARED["Tracing"] == "Active"
    assert SHARED["Architectures"] == [{"Ref": "Architecture"}]
    assert SHARED["Runtime"] == "python3.13"


@pytest.mark.parametrize("function", functions(), ids=named)
def test_is_in_the_vpc_only_for_the_database_or_redis(function: Function) -> None:
    needs = DATABASE_POLICY in function.policies() or function.logical_id in REDIS_ONLY
    stays_outside = function.properties.get("VpcConfig") == {}

    assert needs != stays_outside


@pytest.mark.parametrize("function", functions(), ids=named)
def test_an_answer_comes_before_the_gateway_gives_up(function: Function) -> None:
    if any(function.events("Api")):
        assert function.timeout_seconds < 29


@pytest.mark.parametrize("function", functions(), ids=named)
def test_knows_only_documented_variables(function: Function) -> None:
    laptop_only = {"CLOCK_OFFSET_FILE"}

    assert set(variables(function)) == documented_names() | laptop_only


def test_a_variable_has_one_value_everywhere() -> None:
    values: dict[str, set[str]] = {}
    for function in functions():
        for name, value in variables(function).items():
            values.setdefault(name, set()).add(str(value))

    assert {name for name, found in values.items() if len(found) > 1} == set()


def test_every_setting_the_code_reads_is_in_the_template() -> None:
    settings = ROOT / "layers/core/offers/wiring/settings.py"
    read = set(SETTING.findall(settings.read_text("utf-8")))

    assert read
    assert read - set(SHARED["Environment"]["Variables"]) == set()

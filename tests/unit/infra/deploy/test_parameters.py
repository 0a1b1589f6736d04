"""A deployment's parameters are whole, and its release differs whenever something has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from infra.deploy.parameters import UnknownStage, code_of, parameters, release, stack_name
from tests.infra.template import ROOT, template

if TYPE_CHECKING:
    from pathlib import Path

SAMCONFIG = ROOT / "samconfig.toml"
PARAMETERS: dict[str, Any] = template()["Parameters"]


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_what_is_given_is_added_and_nothing_is_lost(stage: str) -> None:
    listed = parameters(SAMCONFIG, stage, [])
    whole = parameters(SAMCONFIG, stage, ["EmailSender=a=b@shop.example.net", "LogLevel=ERROR"])

    assert stack_name(SAMCONFIG, stage) == f"offers-{stage}"
    assert whole == {**listed, "EmailSender": "a=b@shop.example.net", "LogLevel": "ERROR"}


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_samconfig_names_parameters_of_the_template_with_allowed_values(stage: str) -> None:
    for name, value in parameters(SAMCONFIG, stage, []).items():
        allowed = PARAMETERS[name].get("AllowedValues", [value])
        assert value in {str(each) for each in allowed}, name


def test_a_stage_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownStage, match="dev, prod"):
        stack_name(SAMCONFIG, "test")


def test_a_release_is_another_one_for_other_code_or_another_parameter() -> None:
    releases = [
        release({"LogLevel": "INFO"}, "abc", "v1"),
        release({"LogLevel": "DEBUG"}, "abc", "v1"),
        release({"LogLevel": "INFO"}, "abd", "v1"),
    ]

    assert len({each[:10] for each in releases}) == 3
    assert release({"LogLevel": "INFO"}, "abc", "v2")[:10] == releases[0][:10]
    assert all(re.fullmatch(PARAMETERS["Release"]["AllowedPattern"], each) for each in releases)


def test_the_working_tree_has_a_name_that_a_release_may_have() -> None:
    code, name = code_of(ROOT)

    assert re.fullmatch(PARAMETERS["Release"]["AllowedPattern"], release({}, code, name))

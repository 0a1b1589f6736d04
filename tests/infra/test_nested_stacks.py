"""The nested stacks and the root agree on what is handed from one to the other."""

import json
import re

import pytest

from tests.infra.template import NESTED, QUEUE, ROOT, nested_stacks, resources, target, template

HANDED_OVER = re.compile(r'\["(\w+)", "Outputs\.(\w+)"\]|\$\{(\w+)\.Outputs\.(\w+)\}')


def handed_over() -> set[tuple[str, str]]:
    """(stack, output) of every Fn::GetAtt of a nested stack, and of every ${Stack.Outputs.…}."""
    found = HANDED_OVER.findall(json.dumps(template()))
    return {(one or other, output or same) for one, output, other, same in found}


def test_every_template_in_infra_is_a_nested_stack() -> None:
    templates = {path.name for path in (ROOT / "infra").glob("*.yaml")} - {"checkov.yaml"}
    nested = {stack["TemplateURL"].removeprefix("infra/") for stack in resources(NESTED).values()}

    assert nested == templates


def test_every_output_that_is_read_is_written() -> None:
    written = {(name, key) for name, stack in nested_stacks().items() for key in stack["Outputs"]}

    assert handed_over()
    assert handed_over() <= written


@pytest.mark.parametrize("name", sorted(nested_stacks()))
def test_it_is_given_what_it_asks_for(name: str) -> None:
    parameters = nested_stacks()[name]["Parameters"]
    given = set(resources(NESTED)[name]["Parameters"])

    assert given <= set(parameters)
    assert {key for key, value in parameters.items() if "Default" not in value} <= given


def test_no_output_is_named_like_a_resource() -> None:
    """SAM CLI would take one for the other, and the laptop stack with it."""
    documents = [template(), *nested_stacks().values()]
    outputs = {output for document in documents for output in document["Outputs"]}

    assert not outputs & {name for document in documents for name in document["Resources"]}


def test_the_root_names_every_queue() -> None:
    """`offers dead-letter` finds them there."""
    outputs = template()["Outputs"]
    named = {name for name in outputs if name.endswith("QueueUrl")}

    assert named == {f"{queue}Url" for queue in resources(QUEUE)}
    assert all(name == f"{target(outputs[name]['Value'])}Url" for name in named)

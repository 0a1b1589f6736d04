"""template.yaml, functions/ and events/ name the same functions, each exactly once."""

import json
import re
from pathlib import Path

import pytest

from tests.infra.template import ROOT, Function, functions, named, target

EVENTS = {
    path.relative_to(ROOT / "events").with_suffix("").as_posix(): path
    for path in (ROOT / "events").rglob("*.json")
}
MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
SIGNED_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]+")


def modules() -> set[str]:
    folder = ROOT / "functions"
    return {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.py")
        if path.name != "__init__.py"
    }


def test_every_function_has_a_module_and_every_module_a_function() -> None:
    assert {function.module for function in functions()} == modules()


def test_every_function_has_an_event_and_every_event_a_function() -> None:
    assert {function.module for function in functions()} == set(EVENTS)


@pytest.mark.parametrize("function", functions(), ids=named)
def test_names_follow_the_module(function: Function) -> None:
    words = Path(function.module).name.split("_")

    assert function.logical_id == "".join(word.capitalize() for word in words) + "Function"


@pytest.mark.parametrize("function", functions(), ids=named)
def test_a_rest_event_is_for_a_route_of_its_function(function: Function) -> None:
    routes = {(route["Method"], route["Path"]) for _, route in function.events("Api")}
    event = json.loads(EVENTS[function.module].read_text("utf-8"))

    assert bool(routes) == ("httpMethod" in event)
    if routes:
        assert (event["httpMethod"], event["resource"]) in routes
        assert event["requestContext"]["requestId"]


@pytest.mark.parametrize("function", functions(), ids=named)
def test_a_queue_event_comes_from_the_functions_queue(function: Function) -> None:
    queues = [target(source["Queue"]) for _, source in function.events("SQS")]
    event = json.loads(EVENTS[function.module].read_text("utf-8"))
    sources = [record.get("eventSourceARN") for record in event.get("Records", [])]
    suffixes = {source.split("-dev-")[-1] for source in sources if source}  # none from a topic

    expected = {re.sub(r"(?<!^)(?=[A-Z])", "-", q.removesuffix("Queue")).lower() for q in queues}
    assert suffixes == expected


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_an_event_holds_nothing_personal_or_secret(name: str) -> None:
    text = EVENTS[name].read_text("utf-8")

    assert {domain for domain in MAIL.findall(text) if not domain.endswith("example.com")} == set()
    assert not SIGNED_TOKEN.search(text)

"""One running stack for the tests of the laptop stack, on the small shop's template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from tests.local.http import Http

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOP = Path(__file__).parent / "shop" / "template.yaml"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopStack]:
    folder = tmp_path_factory.mktemp("stack")
    with LaptopStack(StackSettings(folder, port=0, template=SHOP)) as running:
        yield running


@pytest.fixture
def http(stack: LaptopStack) -> Http:
    return Http(stack.url)

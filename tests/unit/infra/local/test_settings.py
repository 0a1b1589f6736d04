"""What the environment says of the stack to start."""

import pytest

from infra.local.errors import StackError
from infra.local.settings import ROOT, StackSettings


def test_defaults() -> None:
    settings = StackSettings.from_environment({})
    assert (settings.port, settings.data_folder) == (3000, ROOT / ".local")


@pytest.mark.parametrize("port", ["http", "-1", "70000", "65535"])
def test_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(StackError, match="PORT must be a number"):
        StackSettings.from_environment({"PORT": port})


def test_template_that_cannot_be_read_is_named(tmp_path: pytest.TempPathFactory) -> None:
    from infra.local.template.read import read_template
    from infra.local.template.translations import Addresses

    with pytest.raises(StackError, match=r"nowhere\.yaml cannot be read as a SAM template"):
        read_template(ROOT / "nowhere.yaml", Addresses("http://127.0.0.1:1"), {})

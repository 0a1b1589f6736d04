"""Tells the whole story over HTTP, against a stack that is thrown away afterwards."""

from __future__ import annotations

import tempfile
from pathlib import Path

from infra.local.commands.api_client import ApiClient
from infra.local.progress import Progress
from infra.local.settings import StackSettings
from infra.local.story import buying, months, partner
from infra.local.story.teller import Teller, say


def demo() -> int:
    """Raises StackError at the first step that does not go as told."""
    from infra.local.stack import LaptopStack

    say("Starting a throw-away stack")
    with (
        tempfile.TemporaryDirectory(prefix="offers-demo-") as folder,
        LaptopStack(StackSettings(Path(folder) / "data", port=0), Progress()) as stack,
    ):
        tell(stack.url)
    say("The end. `make run` starts a stack of your own.")
    return 0


def tell(url: str) -> None:
    """The whole story, against the stack at ``url``."""
    customer, neighbour = (Teller(ApiClient(url), name) for name in ("user1", "user2"))
    buying.sign_in(customer)
    television, more_television, *_ = buying.browse(customer)
    buying.activate(customer, television)
    buying.click_again(customer, television)
    buying.be_refused(customer, more_television)
    neighbour.sign_in()
    partner.sell(neighbour, more_television)
    months.be_reminded(customer, television)
    months.renew(customer, television)
    months.let_it_end(neighbour, more_television)
    months.verify_the_ledger(customer)

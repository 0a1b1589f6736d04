"""What must hold of payments that operators credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.account import EntryKind
from offers.domain.user import Role
from offers.services.ledger.move_credit import CreditOrder
from tests.proofs.crowd import at_once, kinds
from tests.proofs.promises import assert_ledger_holds

if TYPE_CHECKING:
    from tests.proofs.world import World
    from tests.seed import Seed

OPERATORS = 8


def one_payment_and_many_operators(world: World, seed: Seed) -> None:
    """One payment, credited by everybody at once and each to another account, is credited once."""
    users = [seed.a_customer("0.00") for _ in range(OPERATORS)]
    operators = [seed.a_customer("0.00", role=Role.ADMIN) for _ in range(OPERATORS)]
    paid = CreditOrder(EntryKind.TOP_UP, "10.00", None, "bank transfer", "2026-05-04/17")

    outcomes = at_once(
        [
            lambda user=user, operator=operator: world.credit(operator.id, user.id, paid, None)  # type: ignore[misc]
            for user, operator in zip(users, operators, strict=True)
        ]
    )

    assert kinds(outcomes) == {"AlreadyCredited": OPERATORS - 1, "CreditMoved": 1}
    assert sum(world.balance(user.id).amount_minor for user in users) == 10_00
    assert_ledger_holds(world)

"""Sessions that are ended while a token of theirs is in the making: each a function that raises
AssertionError when one outlives its end. test_guards.py shows which guard each of them rests on."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from offers.domain.errors import DomainError
from offers.domain.errors.sessions import RefreshTokenReused
from tests.proofs.gate import Gate, in_a_thread, until_done_or_waiting
from tests.proofs.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from offers.services.sessions.log_in import SignedIn
    from tests.proofs.world import World
    from tests.seed import Seed


def signed_out_while_prolonged(world: World, seed: Seed) -> None:
    """As the guide shows: without a body."""
    sessions = Sessions(world, seed.a_customer())

    _end_while_prolonged(sessions, sessions.first, partial(sessions.log_out, sessions.opened), seed)


def signed_out_by_its_token_while_prolonged(world: World, seed: Seed) -> None:
    """From another session, with the refresh token in the body."""
    sessions = Sessions(world, seed.a_customer())
    elsewhere = sessions.log_in()

    end = partial(sessions.log_out, elsewhere, sessions.first)
    _end_while_prolonged(sessions, sessions.first, end, seed)


def reused_while_prolonged(world: World, seed: Seed) -> None:
    """The thief's copy comes back while the owner prolongs the session, or the other way round."""
    sessions = Sessions(world, seed.a_customer())
    second = sessions.refresh(sessions.first).refresh_token
    world.clock.advance(31)

    def reuse() -> None:
        with suppress(RefreshTokenReused):
            sessions.refresh(sessions.first)

    _end_while_prolonged(sessions, second, reuse, seed)


def deactivated_while_prolonged(world: World, seed: Seed) -> None:
    """By an administrator."""
    sessions = Sessions(world, seed.a_customer())

    _end_while_prolonged(sessions, sessions.first, partial(sessions.deactivate, seed), seed)


def deactivated_while_signing_in(world: World, seed: Seed) -> None:
    """The session that is being opened ends with the others."""
    sessions = Sessions(world, seed.a_customer())
    gate = Gate(before="sessions.open")
    signing_in = in_a_thread(partial(sessions.log_in, gate))
    ending = _end_at(gate, partial(sessions.deactivate, seed), seed)

    _require_dead(sessions, signing_in, ending)


ENDINGS: tuple[Callable[[World, Seed], None], ...] = (
    signed_out_while_prolonged,
    signed_out_by_its_token_while_prolonged,
    reused_while_prolonged,
    deactivated_while_prolonged,
    deactivated_while_signing_in,
)


def _end_while_prolonged(
    sessions: Sessions, token: str, end: Callable[[], None], seed: Seed
) -> None:
    gate = Gate(before="sessions.rotate")
    prolonging = in_a_thread(partial(sessions.refresh, token, gate))
    ending = _end_at(gate, end, seed)

    _require_dead(sessions, prolonging, ending)


def _end_at(gate: Gate, end: Callable[[], None], seed: Seed) -> Future[Any]:
    """Begin to end the session while the other is at the gate; then let both go on."""
    assert gate.reached.wait(10)
    ending = in_a_thread(end)
    until_done_or_waiting(ending, seed.engine)
    has_ended = ending.done()
    gate.opened.set()
    ending.result(10)
    assert not has_ended, "told that it has ended, while a token of it is still handed out"
    return ending


def _require_dead(sessions: Sessions, making: Future[SignedIn], ending: Future[Any]) -> None:
    ending.result(10)
    made = making.result(10)
    assert sessions.is_denied(made), "an access token outlives its session"
    try:
        sessions.refresh(made.refresh_token)
    except DomainError:
        return
    message = "a refresh token outlives its session"
    raise AssertionError(message)

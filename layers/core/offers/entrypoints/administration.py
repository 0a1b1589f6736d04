"""What every administration endpoint shares: who may call, and from which version they change."""

from __future__ import annotations

from offers.domain.ids import UserId
from offers.entrypoints import rest
from offers.entrypoints.request_errors import PreconditionRequired
from offers.services.preconditions import Precondition


def admin_id() -> UserId:
    """The signed-in administrator. Raises NotPermitted for everybody else, before anything is read;
    the service asks the store again.
    """
    caller = rest.caller()
    caller.require_admin()
    return caller.user_id


def precondition() -> Precondition:
    """If-Match, where it is sent."""
    return lambda version: rest.require_match(rest.entity_tag(version))


def required_precondition() -> Precondition:
    """If-Match, without which a change of one administrator could undo another's.

    Raises PreconditionRequired.
    """
    if rest.header("If-Match") is None:
        raise PreconditionRequired
    return precondition()

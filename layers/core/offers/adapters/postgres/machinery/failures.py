"""What failures of the database mean to the services; the one table of constraints that are
rules."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import exc

from offers.domain.errors.catalogue import OfferCodeTaken
from offers.domain.errors.customers import UsernameTaken
from offers.domain.errors.ledger import AlreadyCredited, CreditRequested
from offers.domain.errors.partners import PartnerNameTaken, PartnerReferenceReused
from offers.domain.errors.subscriptions import AlreadySubscribed, RenewalInProgress
from offers.ports.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from psycopg2 import Error
    from sqlalchemy.engine import ExceptionContext

    from offers.domain.errors import DomainError

RULES: Mapping[str, Callable[[], DomainError]] = {
    "subscriptions_one_live": AlreadySubscribed,
    "transactions_one_activation": AlreadySubscribed,
    "transactions_one_renewal": RenewalInProgress,
    "transactions_partner_reference_key": PartnerReferenceReused,
    "partners_name_key": PartnerNameTaken,
    "users_username_key": UsernameTaken,
    "users_sign_in_name_key": UsernameTaken,
    "offers_code_key": OfferCodeTaken,
    "ledger_entries_external_reference_key": AlreadyCredited,
    "credit_requests_external_reference_key": CreditRequested,
}
"""A broken constraint, by name, and the rule that it keeps. Any other violation is a bug and
stays one."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn a lost or refusing database into StoreUnavailable and a broken rule into its domain
    error.

    PostgreSQL's deadlocks, serialization failures, timeouts and shutdowns are all
    OperationalErrors.
    """
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise StoreUnavailable from error
    except exc.DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable from error
        rule = RULES.get(_constraint(error) or "")
        if rule is None:
            raise
        raise rule() from error


def _constraint(error: exc.DBAPIError) -> str | None:
    name: str | None = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return name


_QUOTE_NO_VALUES = frozenset({"08", "23", "25", "40", "53", "55", "57"})
"""Classes of SQLSTATE (PostgreSQL, appendix A) whose first line names tables and constraints only.
Errors in values (22) and in statements (42) quote what they found."""


def shed_values(context: ExceptionContext) -> None:
    """Take what quotes values out of a driver's error, before anybody can log it.

    PostgreSQL's DETAIL holds whole rows, password hashes and addresses included. Listens to the
    engine, so that no way around a repository is missed.
    """
    error: Any = context.original_exception
    if getattr(error, "pgcode", None) is None:
        return  # the connection's own words
    error.args = (_without_values(error),)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(error).__qualname__}) {error}",)


def _without_values(error: Error) -> str:
    state, diagnosis = str(error.pgcode), error.diag
    if state[:2] in _QUOTE_NO_VALUES:
        return f"{state} {diagnosis.message_primary}"
    where = (diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
    return " ".join((state, type(error).__name__, *filter(None, where)))

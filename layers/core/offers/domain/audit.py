"""Who changed what, and why: administrators and the events that tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from offers.domain.errors.administration import NotPermitted
from offers.domain.user import Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from offers.domain.ids import AuditEventId, UserId
    from offers.domain.user import User


class AuditAction(StrEnum):
    """What was done; names stay, since reports filter by them."""

    OFFER_CREATED = "offer.created"
    OFFER_CHANGED = "offer.changed"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    PASSWORD_CHANGED = "user.password_changed"  # noqa: S105  # what happened, not a password
    PASSWORD_RESET_SENT = "user.password_reset_sent"  # noqa: S105  # likewise
    CREDIT_MOVED = "account.credit_moved"
    CREDIT_REQUESTED = "account.credit_requested"
    CREDIT_REJECTED = "account.credit_rejected"
    PARTNER_CREATED = "partner.created"
    PARTNER_CHANGED = "partner.changed"
    PARTNER_KEY_ISSUED = "partner.key_issued"
    PARTNER_KEY_REVOKED = "partner.key_revoked"
    TRANSACTION_RESOLVED = "transaction.resolved"
    TRANSACTION_CONTRADICTED = "transaction.contradicted"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change; never altered afterwards.

    ``subject`` is ``kind:id``. ``before`` and ``after`` hold what changed, as JSON: no password, no
    key, no secret, nor the hash of one.
    """

    id: AuditEventId
    actor: str
    action: str
    subject: str
    reason: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to what; ``before`` is None for something new, ``after`` for something gone."""

    action: AuditAction
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None

    @classmethod
    def between(
        cls,
        action: AuditAction,
        subject: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> Change:
        """Only the facts that differ."""
        differing = [name for name in after if before.get(name) != after[name]]
        return cls(
            action,
            subject,
            {name: before.get(name) for name in differing},
            {name: after[name] for name in differing},
        )


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody, or something, that may change what customers cannot."""

    actor: str

    def did(self, event_id: AuditEventId, change: Change, reason: str, at: datetime) -> AuditEvent:
        """The event to store in the same commit as the change."""
        return AuditEvent(
            id=event_id,
            actor=self.actor,
            action=change.action,
            subject=change.subject,
            reason=reason,
            before=change.before,
            after=change.after,
            created_at=at,
        )


@dataclass(frozen=True, slots=True)
class Administrator(Operator):
    """An operator who signed in."""

    user_id: UserId

    @classmethod
    def of(cls, user: User) -> Administrator:
        """Raise NotPermitted unless the user is an active administrator at this moment."""
        if user.role is not Role.ADMIN or not user.is_active:
            raise NotPermitted
        return cls(f"admin:{user.id}", user.id)

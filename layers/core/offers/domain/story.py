"""The whole story of a transaction, for whoever has to explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class StoryKind(StrEnum):
    """Where an event was recorded."""

    TRANSACTION = "transaction"
    LEDGER_ENTRY = "ledger_entry"
    OUTBOX = "outbox"
    NOTIFICATION = "notification"
    WEBHOOK = "webhook"
    WEBHOOK_ATTEMPT = "webhook_attempt"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """Something that happened; ``facts`` are JSON-ready."""

    at: datetime
    kind: StoryKind
    facts: Mapping[str, Any]

"""Identifiers: UUIDv7 (RFC 9562 §5.7), so that they sort by creation time."""

from typing import NewType
from uuid import UUID

UserId = NewType("UserId", UUID)
AccountId = NewType("AccountId", UUID)
OfferId = NewType("OfferId", UUID)
SubscriptionId = NewType("SubscriptionId", UUID)
TransactionId = NewType("TransactionId", UUID)
PartnerId = NewType("PartnerId", UUID)
LedgerEntryId = NewType("LedgerEntryId", UUID)
OutboxMessageId = NewType("OutboxMessageId", UUID)
NotificationId = NewType("NotificationId", UUID)
WebhookDeliveryId = NewType("WebhookDeliveryId", UUID)
SessionId = NewType("SessionId", UUID)
AuditEventId = NewType("AuditEventId", UUID)
CreditRequestId = NewType("CreditRequestId", UUID)

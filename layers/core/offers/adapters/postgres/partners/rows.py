"""Partners, their keys and their usage as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.adapters.postgres.tables import partner_api_keys, partner_usage, partners
from offers.adapters.postgres.webhooks.rows import endpoint_of, endpoint_values
from offers.domain.ids import PartnerId
from offers.domain.partner import Partner, PartnerApiKey, UsagePlan
from offers.domain.partner_usage import ActivationLimits, PartnerUsage, Window

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def partner_of(row: RowMapping) -> Partner:
    """The partner that a row of the table describes."""
    columns = partners.c
    return Partner(
        id=PartnerId(row[columns.id]),
        name=row[columns.name],
        contact_email=row[columns.contact_email],
        usage_plan=UsagePlan(row[columns.usage_plan]),
        limits=ActivationLimits(
            row[columns.activations_per_minute], row[columns.activations_per_day]
        ),
        created_at=row[columns.created_at],
        updated_at=row[columns.updated_at],
        is_active=row[columns.is_active],
        webhook=endpoint_of(row),
        version=row[columns.version],
    )


def partner_values(partner: Partner) -> dict[str, Any]:
    """The row that describes a partner."""
    return {
        "id": partner.id,
        "name": partner.name,
        "contact_email": partner.contact_email,
        "usage_plan": partner.usage_plan,
        "activations_per_minute": partner.limits.per_minute,
        "activations_per_day": partner.limits.per_day,
        "created_at": partner.created_at,
        "updated_at": partner.updated_at,
        "is_active": partner.is_active,
        "version": partner.version,
        **endpoint_values(partner.webhook),
    }


def key_of(row: RowMapping) -> PartnerApiKey:
    """The API key that a row of the table describes."""
    columns = partner_api_keys.c
    return PartnerApiKey(
        api_key_id=row[columns.api_key_id],
        partner_id=PartnerId(row[columns.partner_id]),
        key_hash=bytes(row[columns.key_hash]),
        created_at=row[columns.created_at],
        revoked_at=row[columns.revoked_at],
    )


def key_values(key: PartnerApiKey) -> dict[str, Any]:
    """The row that describes an API key."""
    return {
        "api_key_id": key.api_key_id,
        "partner_id": key.partner_id,
        "key_hash": key.key_hash,
        "created_at": key.created_at,
        "revoked_at": key.revoked_at,
    }


def usage_of(row: RowMapping) -> PartnerUsage:
    """The usage that a row of the table describes."""
    columns = partner_usage.c
    return PartnerUsage(
        PartnerId(row[columns.partner_id]),
        minute=Window(row[columns.minute_start], row[columns.minute_count]),
        day=Window(row[columns.day_start], row[columns.day_count]),
    )


def usage_values(usage: PartnerUsage) -> dict[str, Any]:
    """The row that describes a usage."""
    return {
        "partner_id": usage.partner_id,
        "minute_start": usage.minute.start,
        "minute_count": usage.minute.count,
        "day_start": usage.day.start,
        "day_count": usage.day.count,
    }

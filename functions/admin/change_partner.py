"""PATCH /admin/partners/{id}."""

from uuid import UUID

from offers.domain.errors.money import InvalidMoney
from offers.domain.errors.partners import CreditLimitBelowDebt, PartnerNotFound
from offers.domain.errors.webhooks import InvalidWebhookUrl, WebhookNotConfigured
from offers.domain.ids import PartnerId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.partners import (
    ChangePartnerRequest,
    PartnerDocument,
    partner_changes,
    partner_document,
)
from offers.ports.outside.api_keys import ApiKeysUnavailable
from offers.services.partners.change_partner import ChangePartner
from offers.wiring import make

app = administration.app()


@app.patch("/api/v1/admin/partners/<partner_id>")
@rest.documents(
    {200: PartnerDocument},
    PartnerNotFound,
    InvalidMoney,
    CreditLimitBelowDebt,
    InvalidWebhookUrl,
    WebhookNotConfigured,
    ApiKeysUnavailable,
    if_match="honoured",
)
def change_partner(partner_id: UUID, body: ChangePartnerRequest) -> rest.Answer:
    """Change a partner's limits, plan, contact or webhook; deactivate it or let it in again.

    `rotate_webhook_secret` answers with the new secret, this once; for a day the old one signs too.
    """
    view = make(ChangePartner)(
        administration.admin_id(),
        PartnerId(partner_id),
        partner_changes(body),
        rest.seen_versions(),
        body.reason,
    )
    return rest.ok(partner_document(view), etag=rest.entity_tag(view.partner.version))


handler = rest.handler(app)

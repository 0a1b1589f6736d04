"""PATCH /admin/partners/{id}."""

from uuid import UUID

from offers.domain.errors import (
    CreditLimitBelowDebt,
    InvalidMoney,
    InvalidWebhookUrl,
    PartnerNotFound,
    WebhookNotConfigured,
)
from offers.domain.ids import PartnerId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_partners import (
    ChangePartnerRequest,
    PartnerDocument,
    partner_changes,
    partner_document,
)
from offers.ports.api_keys import ApiKeysUnavailable
from offers.wiring import administration as wiring

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
    view = wiring.change_partner()(
        administration.admin_id(),
        PartnerId(partner_id),
        partner_changes(body),
        administration.precondition(),
        body.reason,
    )
    return rest.ok(partner_document(view), etag=rest.entity_tag(view.partner.version))


handler = rest.handler(app)

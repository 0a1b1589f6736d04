"""POST /admin/partners."""

from offers.domain.errors import InvalidMoney, InvalidWebhookUrl, PartnerNameTaken
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_partners import (
    CreatePartnerRequest,
    PartnerDocument,
    new_partner,
    partner_document,
)
from offers.wiring import administration as wiring

app = administration.app()


@app.post("/api/v1/admin/partners")
@rest.documents({201: PartnerDocument}, PartnerNameTaken, InvalidMoney, InvalidWebhookUrl)
def create_partner(body: CreatePartnerRequest) -> rest.Answer:
    """Register a partner with its account.

    With a webhook URL, the answer holds the webhook's secret: this once.
    """
    admin_id = administration.admin_id()
    view = wiring.create_partner()(admin_id, new_partner(body), body.reason)
    return rest.created(
        partner_document(view),
        location=f"/api/v1/admin/partners/{view.partner.id}",
        etag=rest.entity_tag(view.partner.version),
    )


handler = rest.handler(app)

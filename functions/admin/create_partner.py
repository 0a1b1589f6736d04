"""POST /admin/partners."""

from offers.domain.errors.money import InvalidMoney
from offers.domain.errors.partners import PartnerNameTaken
from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.partners import (
    CreatePartnerRequest,
    PartnerDocument,
    new_partner,
    partner_document,
)
from offers.services.partners.create_partner import CreatePartner
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/partners")
@rest.documents({201: PartnerDocument}, PartnerNameTaken, InvalidMoney, InvalidWebhookUrl)
def create_partner(body: CreatePartnerRequest) -> rest.Answer:
    """Register a partner with its account.

    With a webhook URL, the answer holds the webhook's secret: this once.
    """
    admin_id = administration.admin_id()
    view = make(CreatePartner)(admin_id, new_partner(body), body.reason)
    return rest.created(
        partner_document(view),
        location=f"/api/v1/admin/partners/{view.partner.id}",
        etag=rest.entity_tag(view.partner.version),
    )


handler = rest.handler(app)

"""POST /admin/partners/{id}/keys."""

from uuid import UUID

from offers.domain.errors.partners import PartnerNotFound, TooManyApiKeys
from offers.domain.ids import PartnerId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.partners import (
    IssueKeyRequest,
    NewKeyDocument,
    new_key_document,
)
from offers.ports.outside.api_keys import ApiKeysUnavailable
from offers.services.partners.issue_partner_key import IssuePartnerKey
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/partners/<partner_id>/keys")
@rest.documents({201: NewKeyDocument}, PartnerNotFound, TooManyApiKeys, ApiKeysUnavailable)
def issue_partner_key(partner_id: UUID, body: IssueKeyRequest) -> rest.Answer:
    """Give a partner a key, shown this once; two at most, so that it can change over.

    A new key can take API Gateway a moment to know everywhere.
    """
    admin_id = administration.admin_id()
    new = make(IssuePartnerKey)(admin_id, PartnerId(partner_id), body.reason)
    location = f"/api/v1/admin/partners/{partner_id}/keys/{new.key.api_key_id}"
    return rest.created(new_key_document(new), location=location)


handler = rest.handler(app)

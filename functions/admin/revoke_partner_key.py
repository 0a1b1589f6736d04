"""DELETE /admin/partners/{id}/keys/{key_id}."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Path

from offers.domain.errors.partners import ApiKeyNotFound, PartnerNotFound
from offers.domain.ids import PartnerId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.partners import QueryReason
from offers.ports.outside.api_keys import ApiKeysUnavailable
from offers.services.partners.revoke_partner_key import RevokePartnerKey
from offers.wiring import make

app = administration.app()

KeyId = Annotated[str, Path(max_length=100)]


@app.delete("/api/v1/admin/partners/<partner_id>/keys/<key_id>")
@rest.documents({204: None}, PartnerNotFound, ApiKeyNotFound, ApiKeysUnavailable)
def revoke_partner_key(partner_id: UUID, key_id: KeyId, reason: QueryReason) -> rest.Answer:
    """Take a key back; it opens nothing from this moment on."""
    admin_id = administration.admin_id()
    make(RevokePartnerKey)(admin_id, PartnerId(partner_id), key_id, reason)
    return rest.no_content()


handler = rest.handler(app)

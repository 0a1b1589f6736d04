"""DELETE /admin/partners/{id}/keys/{key_id}."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Path

from offers.domain.errors import ApiKeyNotFound, PartnerNotFound
from offers.domain.ids import PartnerId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_partners import QueryReason
from offers.ports.api_keys import ApiKeysUnavailable
from offers.wiring import administration as wiring

app = administration.app()

KeyId = Annotated[str, Path(max_length=100)]


@app.delete("/api/v1/admin/partners/<partner_id>/keys/<key_id>")
@rest.documents({204: None}, PartnerNotFound, ApiKeyNotFound, ApiKeysUnavailable)
def revoke_partner_key(partner_id: UUID, key_id: KeyId, reason: QueryReason = "") -> rest.Answer:
    """Take a key back; it opens nothing from this moment on."""
    admin_id = administration.admin_id()
    wiring.revoke_partner_key()(admin_id, PartnerId(partner_id), key_id, reason)
    return rest.no_content()


handler = rest.handler(app)

"""GET /admin/audit."""

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.activation import From, To
from offers.entrypoints.http.schemas.admin.administration import (
    AuditEventList,
    ExactText,
    audit_event_document,
)
from offers.ports.store.audit import AuditQuery
from offers.services.administration.list_audit_events import ListAuditEvents
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/audit")
@rest.documents({200: AuditEventList}, InvalidCursor)
def list_audit_events(
    actor: ExactText = None,
    action: ExactText = None,
    subject: ExactText = None,
    created_from: From = None,
    created_to: To = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Who changed what, and why, newest first."""
    admin_id = administration.admin_id()
    query = AuditQuery(actor, action, subject, created_from, created_to)
    page = make(ListAuditEvents)(admin_id, query, rest.page_request(limit, cursor))
    return rest.page([audit_event_document(event) for event in page.items], page.next)


handler = rest.handler(app)

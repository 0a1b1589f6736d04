"""Brings the database to the newest schema: a step of every deployment, before the functions change
(the resource Migration in template.yaml)."""

from offers.entrypoints import telemetry
from offers.entrypoints.events import custom_resource
from offers.wiring import make, stores
from offers_migrations.upgrade import upgrade


def migrate() -> dict[str, str]:
    """The revision the database is at now. Repeating it changes nothing, nor does a second one at
    the same time."""
    role, password = make(stores.application_credentials)
    with make(stores.owner_engine).connect() as connection:
        revision = upgrade(connection, role, password)
    telemetry.logger.info("migrated", extra={"revision": revision})
    return {"revision": revision}


handler = custom_resource.handler(migrate)

"""Brings the database to the newest schema. Invoked by a deployment, before the traffic moves."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry
from offers.wiring import make, stores
from offers_migrations.upgrade import upgrade


def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """The revision the database is at now. Repeating it changes nothing."""
    telemetry.begin("", context)
    with make(stores.engine).connect() as connection:
        revision = upgrade(connection)
    telemetry.logger.info("migrated", extra={"revision": revision})
    return {"revision": revision}

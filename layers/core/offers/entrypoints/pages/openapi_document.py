"""The OpenAPI document as it was built ahead: ``make openapi`` merges it from the handlers."""

from __future__ import annotations

from importlib import resources

TITLE = "Offers API"


def read() -> str:
    """The document's JSON text."""
    return resources.files("offers.entrypoints.pages").joinpath("openapi.json").read_text("utf-8")

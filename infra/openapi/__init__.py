"""Builds the OpenAPI document from the handlers that template.yaml routes to."""

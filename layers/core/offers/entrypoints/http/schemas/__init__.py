"""What callers send and see. Requests are pydantic models; answers are typed dictionaries,
checked by mypy where they are made and turned into the OpenAPI document by pydantic, so that
serving them costs no validation."""

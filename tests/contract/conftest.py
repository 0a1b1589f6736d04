"""The real adapters over real servers, or over moto where the server is Amazon's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from offers.adapters.redis.client import RedisServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def redis(redis_url: str) -> Iterator[RedisServer]:
    """An empty Redis, with time enough for a busy machine."""
    server = RedisServer(redis_url, timeout_seconds=5)
    yield server
    server.close()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """``aws(service)`` gives moto's client."""
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        import boto3

        session = boto3.Session()
        yield session.client

"""Secrets are fetched seldom, outlive an outage, and never show."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from offers.adapters.secrets.json_secret import JsonSecret, UnreadableSecret


class ScriptedSecrets:
    """Gives the next text, or raises the next error; the last one stays."""

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)
        self.fetches = 0

    def get_secret_value(self, **request: Any) -> dict[str, str]:
        assert request == {"SecretId": "offers/test"}
        self.fetches += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return {"SecretString": answer}


AWAY = ConnectTimeoutError(endpoint_url="https://secrets")


def secret(client: ScriptedSecrets, now: list[float]) -> JsonSecret:
    return JsonSecret(lambda: client, "offers/test", now=lambda: now[0])


def test_it_is_fetched_once_in_a_while() -> None:
    now, client = [1000.0], ScriptedSecrets('{"a": 1}', '{"a": 2}')
    read = secret(client, now)
    assert client.fetches == 0
    assert [read(), read()] == [{"a": 1}, {"a": 1}]
    now[0] += 301
    assert read() == {"a": 2}
    assert client.fetches == 2


def test_the_last_known_secret_outlives_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    now, client = [1000.0], ScriptedSecrets('{"a": 1}', AWAY)
    read = secret(client, now)
    read()
    now[0] += 301
    assert [read(), read()] == [{"a": 1}, {"a": 1}]
    assert client.fetches == 2
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    now[0] += 31
    client.answers = ['{"a": 3}']
    assert read() == {"a": 3}


def test_whom_the_known_secret_did_not_serve_reads_it_again() -> None:
    now, client = [1000.0], ScriptedSecrets('{"a": 1}', '{"a": 2}', AWAY)
    read = secret(client, now)
    assert read() == {"a": 1}
    assert read.fresh() == {"a": 2}
    assert read.fresh() == {"a": 2}  # an outage leaves what is known
    assert client.fetches == 3


@pytest.mark.parametrize(
    "answer",
    [
        AWAY,
        ClientError({"Error": {"Code": "AccessDeniedException", "Message": "hush"}}, "Get"),
        "hush",
        '["hush"]',
        '{"a": "hush", "a": 1}',
    ],
)
def test_an_unreadable_secret_says_so_without_its_content(answer: str | Exception) -> None:
    with pytest.raises(UnreadableSecret, match="offers/test") as failure:
        secret(ScriptedSecrets(answer), [1000.0])()
    assert "hush" not in str(failure.value)

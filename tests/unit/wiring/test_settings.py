from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from offers.wiring import settings
from offers.wiring.environment import InvalidSetting, Stage

COMPLETE = {
    "STAGE": "local",
    "CLOCK_OFFSET_FILE": "/tmp/offset",  # noqa: S108  # only a name here
    "DATABASE_URL": "postgresql://db/offers",
    "DATABASE_SECRET_ID": "offers/database",
    "REDIS_URL": "rediss://cache:6379/0",
    "ACTIVATION_QUEUE_URL": "https://sqs/activation",
    "NOTIFICATION_QUEUE_URL": "https://sqs/notification",
    "WEBHOOK_QUEUE_URL": "https://sqs/webhook",
    "PROVISIONING_URL": "https://provisioning/",
    "PROVISIONING_TIMEOUT_SECONDS": "4.5",
    "TOKEN_KEYS_SECRET_ID": "offers/tokens",
    "TOKEN_ISSUER": "https://offers.example",
    "EMAIL_SENDER": "offers@example.com",
    "PUBLIC_URL": "https://offers.example/",
}
MODELS: dict[type[Any], list[str]] = {
    settings.RuntimeSettings: ["STAGE"],
    settings.DatabaseSettings: ["DATABASE_URL"],
    settings.RedisSettings: ["REDIS_URL"],
    settings.OutboxQueueSettings: [
        "ACTIVATION_QUEUE_URL",
        "NOTIFICATION_QUEUE_URL",
        "WEBHOOK_QUEUE_URL",
    ],
    settings.ProvisioningSettings: ["PROVISIONING_URL", "PROVISIONING_TIMEOUT_SECONDS"],
    settings.TokenSettings: ["TOKEN_KEYS_SECRET_ID", "TOKEN_ISSUER"],
    settings.EmailSettings: ["EMAIL_SENDER", "PUBLIC_URL"],
}
REQUIRED = [(model, name) for model, names in MODELS.items() for name in names]


@pytest.mark.parametrize(("model", "name"), REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_setting_is_named(model: type[Any], name: str, value: str | None) -> None:
    environment = {**COMPLETE, name: value or ""}
    if value is None:
        del environment[name]
    with pytest.raises(InvalidSetting, match=name):
        model.read(environment)


def test_everything_is_read() -> None:
    runtime = settings.RuntimeSettings.read(COMPLETE)
    assert runtime == settings.RuntimeSettings(Stage.LOCAL, Path("/tmp/offset"))  # noqa: S108
    assert settings.DatabaseSettings.read(COMPLETE).secret_id == "offers/database"
    assert settings.RedisSettings.read(COMPLETE).url == "rediss://cache:6379/0"
    assert settings.OutboxQueueSettings.read(COMPLETE).webhook == "https://sqs/webhook"
    provisioning = settings.ProvisioningSettings.read(COMPLETE)
    assert provisioning == settings.ProvisioningSettings("https://provisioning", 4.5, None)
    tokens = settings.TokenSettings.read(COMPLETE)
    assert (tokens.access_seconds, tokens.refresh_seconds) == (900, 2_592_000)
    email = settings.EmailSettings.read(COMPLETE)
    assert email == settings.EmailSettings("offers@example.com", None, "https://offers.example")


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_the_clock_moves_on_a_laptop_only(stage: str) -> None:
    with pytest.raises(InvalidSetting, match="CLOCK_OFFSET_FILE"):
        settings.RuntimeSettings.read({**COMPLETE, "STAGE": stage})
    still = settings.RuntimeSettings.read({"STAGE": stage, "CLOCK_OFFSET_FILE": ""})
    assert still.clock_offset_file is None


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (settings.RuntimeSettings, "STAGE", "staging"),
        (settings.DatabaseSettings, "DATABASE_URL", "mysql://db/offers"),
        (settings.DatabaseSettings, "DATABASE_URL", "postgresql://user:hunter2@db/offers"),
        (settings.RedisSettings, "REDIS_URL", "cache:6379"),
        (settings.ProvisioningSettings, "PROVISIONING_URL", "ftp://provisioning"),
        (settings.ProvisioningSettings, "PROVISIONING_TIMEOUT_SECONDS", "0"),
        (settings.ProvisioningSettings, "PROVISIONING_TIMEOUT_SECONDS", "inf"),
        (settings.ProvisioningSettings, "PROVISIONING_TIMEOUT_SECONDS", "soon"),
        (settings.TokenSettings, "ACCESS_TOKEN_SECONDS", "-1"),
    ],
)
def test_an_unusable_setting_is_named_but_not_shown(
    model: type[Any], name: str, value: str
) -> None:
    with pytest.raises(InvalidSetting, match=name) as caught:
        model.read({**COMPLETE, name: value})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["postgresql://db/offers", "postgresql:///offers?host=/run/pg", "postgresql://postgres:@/x"],
)
def test_a_database_url_needs_no_password(url: str) -> None:
    assert settings.DatabaseSettings.read({**COMPLETE, "DATABASE_URL": url}).url == url


VERIFIED = "postgresql://offers@db.example/offers?sslmode=verify-full&sslrootcert=system"
DEPLOYED = {**COMPLETE, "CLOCK_OFFSET_FILE": "", "DATABASE_URL": VERIFIED}
IN_THE_CLEAR = [
    (settings.DatabaseSettings, "DATABASE_URL", "postgresql://db/offers"),
    *(
        (settings.DatabaseSettings, "DATABASE_URL", f"postgresql://db/offers?sslmode={mode}")
        for mode in ("disable", "allow", "prefer", "require", "verify-ca", "")
    ),
    (settings.DatabaseSettings, "DATABASE_URL", VERIFIED + "&sslmode=disable"),
    (settings.RedisSettings, "REDIS_URL", "redis://cache:6379/0"),
    (settings.RedisSettings, "REDIS_URL", "unix:///run/redis"),
    (settings.RedisSettings, "REDIS_URL", "rediss://cache:6379/0?ssl_cert_reqs=none"),
    (settings.RedisSettings, "REDIS_URL", "rediss://cache:6379/0?ssl_check_hostname=False"),
    (settings.OutboxQueueSettings, "ACTIVATION_QUEUE_URL", "http://sqs/activation"),
    (settings.OutboxQueueSettings, "NOTIFICATION_QUEUE_URL", "http://sqs/notification"),
    (settings.OutboxQueueSettings, "WEBHOOK_QUEUE_URL", "http://sqs/webhook"),
    (settings.ProvisioningSettings, "PROVISIONING_URL", "http://provisioning"),
    (settings.TokenSettings, "TOKEN_ISSUER", "http://offers.example"),
    (settings.EmailSettings, "PUBLIC_URL", "http://offers.example"),
]


@pytest.mark.parametrize("stage", ["dev", "prod"])
@pytest.mark.parametrize(("model", "name", "value"), IN_THE_CLEAR)
def test_only_a_laptop_talks_in_the_clear(
    model: type[Any], name: str, value: str, stage: str
) -> None:
    deployed = {**DEPLOYED, "STAGE": stage}
    model.read(deployed)
    model.read({**COMPLETE, name: value})
    with pytest.raises(InvalidSetting, match=name):
        model.read({**deployed, name: value})


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model is not settings.RuntimeSettings]
)
def test_who_does_not_say_where_it_runs_talks_to_nobody(model: type[Any]) -> None:
    with pytest.raises(InvalidSetting, match="STAGE"):
        model.read({name: value for name, value in COMPLETE.items() if name != "STAGE"})

"""What may be given, and what is refused before anything is made."""

import re
from typing import Any

import pytest

from offers_migrations.quiet_log import QUIET
from tests.infra.template import ROOT, nested_stacks, resources, template

PARAMETERS: dict[str, Any] = template()["Parameters"]
TEST_VALUES = {
    "PublicUrl": "https://api.example.com/shop",
    "ProvisioningUrl": "https://provisioning.example.com:8443/v2",
    "DatabaseUrl": "postgresql://db.example.com:5432/offers?sslmode=verify-full",
    "RedisUrl": "rediss://cache.example.com:6379/0",
    "EmailSender": "offers@shop.example.net",
    "Release": "0123456789-v1.4.0",
}


@pytest.mark.parametrize("name", sorted(TEST_VALUES))
def test_a_good_value_passes(name: str) -> None:
    assert re.fullmatch(PARAMETERS[name]["AllowedPattern"], TEST_VALUES[name])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PublicUrl", "http://api.example.com"),
        ("PublicUrl", "https://127.0.0.1:3000"),
        ("PublicUrl", "https://localhost"),
        ("PublicUrl", ""),
        ("ProvisioningUrl", "http://provisioning.example.com"),
        ("ProvisioningUrl", "https://127.0.0.1"),
        ("ProvisioningUrl", ""),
        ("DatabaseUrl", "postgresql://127.0.0.1:5432/offers"),
        ("DatabaseUrl", "postgresql://db.example.com:5432/offers?sslmode=require"),
        ("DatabaseUrl", "postgresql://user:secret@db.example.com/offers"),
        ("RedisUrl", "redis://127.0.0.1:6379/0"),
        ("RedisUrl", "rediss://user:secret@cache.example.com:6379"),
        ("EmailSender", "offers@example.com"),
        ("EmailSender", ""),
        ("Release", ""),
        ("Release", "v1.4.0"),
    ],
)
def test_a_bad_value_is_refused(name: str, value: str) -> None:
    assert not re.fullmatch(PARAMETERS[name]["AllowedPattern"], value)


def test_nothing_points_at_the_machine_that_deploys() -> None:
    defaults = [str(each.get("Default", "")) for each in PARAMETERS.values()]

    assert [each for each in defaults if "127.0.0.1" in each or "localhost" in each] == []


def test_the_laptops_stage_is_not_deployed() -> None:
    assert "local" not in PARAMETERS["Stage"]["AllowedValues"]


def test_what_cannot_be_known_has_no_default() -> None:
    without = {name for name, each in PARAMETERS.items() if "Default" not in each}

    assert without == {"Release", "ProvisioningUrl", "EmailSender"}


def test_what_is_given_in_part_is_refused() -> None:
    rules = template()["Rules"]

    assert {str(each["RuleCondition"]) for each in rules.values()} == {
        str({"Fn::Not": [{"Fn::Equals": [{"Ref": name}, ""]}]})
        for name in ("VpcId", "DatabaseUrl", "DomainName")
    }


def test_the_database_that_is_made_has_a_quiet_log() -> None:
    """Migrations refuse one that has not."""
    given = resources("AWS::RDS::DBClusterParameterGroup")["DatabaseParameters"]["Parameters"]
    of_the_server = {name for name in QUIET if "." not in name and not name.startswith("debug_")}

    assert {name: given[name] for name in of_the_server} == {
        name: QUIET[name][0] for name in of_the_server
    }
    assert given["rds.force_ssl"] == "1"


def test_the_certificates_that_connections_are_verified_against_are_shipped() -> None:
    address = str(nested_stacks()["Data"]["Outputs"]["DatabaseAddress"])
    (path,) = re.findall(r"sslrootcert=/opt/python/([^'&]+)", address)

    assert "sslmode=verify-full" in address
    assert (ROOT / "layers/core" / path).read_text("utf-8").count("BEGIN CERTIFICATE") == 5


def test_data_outlives_the_stack() -> None:
    kept = {
        name: resource.get("DeletionPolicy")
        for name, resource in nested_stacks()["Data"]["Resources"].items()
        if "DeletionPolicy" in resource
    }

    assert kept == {
        "Database": "Snapshot",
        "TokenKeysSecret": "Retain",
        "SealingKeysSecret": "Retain",
    }


def test_the_environment_fits_into_lambdas_four_kilobytes() -> None:
    """With a stack's name and addresses of the usual length."""
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]
    arn = "arn:aws:secretsmanager:ap-southeast-2:123456789012:secret:" + "n" * 60 + "-abcdef"
    longest = {"_URL": 140, "_SECRET_ID": len(arn), "DATABASE_URL": 200}
    total = sum(
        len(name) + next((size for end, size in longest.items() if name.endswith(end)), 40)
        for name in variables
    )

    assert total < 4096

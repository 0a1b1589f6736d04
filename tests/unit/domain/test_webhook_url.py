"""Where webhooks may go, and where not."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.domain.webhook_url import WebhookRules, is_public

DEPLOYED = WebhookRules()
LAPTOP = WebhookRules(ports=None, allows_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://partner.example.com",
        "https://partner.example.com:8443/hooks?a=b",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
    ],
)
def test_usable_urls(url: str) -> None:
    DEPLOYED.require_usable(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://partner.example.com/",
        "ftp://partner.example.com/",
        "https:///path",
        "https://user:secret@partner.example.com/",
        "https://partner.example.com@10.0.0.1/",
        "https://partner.example.com/#part",
        "https://partner.example.com/a b",
        "https://partner.example.com\\@evil.example.com/",
        "https://partner.example.com:0/",
        "https://partner.example.com:22/",
        "https://partner.example.com:80/",
        "https://partner.example.com:8080/",
        "https://partner.example.com:99999/",
        "https://partner.example.com:port/",
        "https://[::1/",
        "https://exämple.com/",
        "https://partner.example.com/\r\nX-Evil: 1",
        "https://partner.example.com/" + "x" * 2000,
        "https://localhost/",
        "https://api.localhost:8080/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:127.0.0.1]/",
    ],
)
def test_urls_that_lead_nowhere_good_are_refused(url: str) -> None:
    with pytest.raises(InvalidWebhookUrl):
        DEPLOYED.require_usable(url)


def test_the_laptop_stack_may_call_itself() -> None:
    LAPTOP.require_usable("http://127.0.0.1:3000/_local/webhooks")
    with pytest.raises(InvalidWebhookUrl):
        LAPTOP.require_usable("ftp://127.0.0.1/")


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
        *("192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "fc00::1"),
        *("fe80::1", "ff02::1", "64:ff9b::a9fe:a9fe", "2002:a00:1::", "2001:0:53aa::1"),
        *("2001:db8::1", "fd00:ec2::254", "::8.8.8.8", "fec0::1", "feff::1", "3ffe::1", "3fff::1"),
        *("192.88.99.1", "192.0.0.9", "192.31.196.1", "192.52.193.1", "192.175.48.1"),
        *("64:ff9b:1::808:808", "2001:1::1", "2001:20::1", "2620:4f:8000::1", "5f00::1"),
        *("2002:808:808::1", "::ffff:0:808:808", "4000::1"),
    ],
)
def test_addresses_that_are_not_the_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(ip_address(address))


def test_other_ports_can_be_allowed() -> None:
    WebhookRules(frozenset({9443})).require_usable("https://partner.example.com:9443/")
    with pytest.raises(InvalidWebhookUrl, match="9443"):
        WebhookRules(frozenset({9443})).require_usable("https://partner.example.com/")

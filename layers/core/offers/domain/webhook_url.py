"""Where webhooks may go: partners choose the address, and it must not be one of our own doors."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from offers.domain.errors.webhooks import InvalidWebhookUrl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

MAX_URL_LENGTH = 2000
WEB_PORTS = frozenset({443, 8443})
_HTTPS_PORT = 443

# What ``ipaddress`` calls global although no partner can be there (IANA's registries of special
# addresses), or although another address is really meant.
_NOBODYS = tuple(
    map(
        ip_network,
        (
            "::ffff:0:0/96",  # IPv4-mapped
            "64:ff9b::/96",  # NAT64, RFC 6052
            "64:ff9b:1::/48",  # NAT64 of one's own, RFC 8215
            "2001::/23",  # IETF protocols, Teredo among them
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112's sink
            "3ffe::/16",  # 6bone, given back by RFC 3701
            "3fff::/20",  # documentation, RFC 9637
            "5f00::/16",  # segment routing, RFC 9602
            "fec0::/10",  # site-local, deprecated by RFC 3879
            "192.0.0.0/24",  # IETF protocols
            "192.31.196.0/24",  # AS112's sink
            "192.52.193.0/24",  # multicast tunnels
            "192.88.99.0/24",  # 6to4 relays, deprecated by RFC 7526
            "192.175.48.0/24",  # AS112's sink
        ),
    )
)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet can be there, judged by the address that is really meant."""
    if any(address in network for network in _NOBODYS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True)
class WebhookRules:
    """``ports`` may be called, None: any. ``allows_private`` (http, any address) is for the laptop
    stack only.
    """

    ports: frozenset[int] | None = WEB_PORTS
    allows_private: bool = False

    def accepts(self, address: str) -> bool:
        """Whether a host may have this address; asked at every attempt, since names may change
        their minds.
        """
        return self.allows_private or is_public(ip_address(address))

    def require_usable(self, url: str) -> None:
        """Raise InvalidWebhookUrl for what could never be delivered to."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            problem = "cannot be read"
            raise InvalidWebhookUrl(problem) from None
        for is_wrong, problem in (*_form(url, parts), *self._place(parts, port)):
            if is_wrong:
                raise InvalidWebhookUrl(problem)

    def _place(self, parts: SplitResult, port: int | None) -> Iterator[tuple[bool, str]]:
        host = parts.hostname or ""
        schemes = ("https", "http") if self.allows_private else ("https",)
        yield parts.scheme not in schemes, "needs https"
        yield not host, "names no host"
        yield port == 0, "names no port"
        if self.ports is not None:
            listed = ", ".join(map(str, sorted(self.ports)))
            yield (port or _HTTPS_PORT) not in self.ports, f"needs one of the ports {listed}"
        yield not self.allows_private and _is_private_literal(host), "names a private address"


def _form(url: str, parts: SplitResult) -> Iterator[tuple[bool, str]]:
    is_plain = len(url) <= MAX_URL_LENGTH and url.isascii() and url.isprintable()
    yield not is_plain, "is not plain"
    yield " " in url or "\\" in url, "holds characters that must be escaped"
    yield "@" in parts.netloc, "must not hold credentials"
    yield bool(parts.fragment), "must not have a fragment"


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")

"""Who tries to sign in, from where, and how often that may fail."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.ids import UserId

TRIES_PER_USERNAME = 5
TRIES_PER_NETWORK = 50
"""Higher than for a username, since whole offices and mobile networks share one address."""

RESETS_PER_ADDRESS = 3
RESETS_PER_NETWORK = 20


def sign_in_name(username: str) -> str:
    """The one form in which names are compared: without regard to case or to the width of letters
    (NFKC and case folding, as the UsernameCaseMapped profile of RFC 8265 §3.3 means it).
    """
    folded = unicodedata.normalize("NFKC", username).casefold()
    return unicodedata.normalize("NFKC", folded)


def network_of(address: str) -> str:
    """One subscriber: an IPv4 address, or the /64 that IPv6 gives to each (RFC 6177)."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004  # the protocol's name
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


def place_of(name: str, network: str) -> bytes:
    """Recognises where somebody signs in, without telling the address to whoever reads it by the
    way.
    """
    return hashlib.sha256(f"{name}\n{network}".encode(errors="replace")).digest()[:16]


@dataclass(frozen=True, slots=True)
class Count:
    """Failed tries of one ``kind`` for one ``subject``, and how many there may be."""

    kind: str
    subject: str
    limit: int


class Attempt(Protocol):
    """What may fail only so often."""

    @property
    def counts(self) -> tuple[Count, ...]:
        """The first is forgotten at once when the right password comes; of the others, this try."""


@dataclass(frozen=True, slots=True)
class ResetAttempt:
    """Somebody asks for a link to ``email``; nothing ever clears it, so no mailbox is filled."""

    email: str
    network: str

    @property
    def counts(self) -> tuple[Count, ...]:
        """One for the address, known or not, and one for the network."""
        return (
            Count("reset", self.email, RESETS_PER_ADDRESS),
            Count("resets", self.network, RESETS_PER_NETWORK),
        )


@dataclass(frozen=True, slots=True)
class PasswordAttempt:
    """Somebody signed in, perhaps with a stolen token, gives the password once more."""

    user_id: UserId

    @property
    def counts(self) -> tuple[Count, ...]:
        """One for the user, wherever they are."""
        return (Count("password", str(self.user_id), TRIES_PER_USERNAME),)


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """``name`` is what ``sign_in_name`` made of it, ``network`` what ``network_of`` did.

    Where somebody has signed in before, a count of its own applies, so that strangers who try the
    name elsewhere cannot keep its owner out (OWASP's device cookies, with the network for the
    device). All strangers to a name share one count, and each network has one for all names.
    """

    name: str
    network: str
    is_from_known_place: bool

    @property
    def counts(self) -> tuple[Count, ...]:
        """Of this place, or of all other places and the network."""
        if self.is_from_known_place:
            return (Count("place", f"{self.name}\n{self.network}", TRIES_PER_USERNAME),)
        return (
            Count("username", self.name, TRIES_PER_USERNAME),
            Count("network", self.network, TRIES_PER_NETWORK),
        )

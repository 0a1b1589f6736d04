"""The customers, the administrator and the partner of a fresh laptop stack."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "password123"  # noqa: S105  # documented, and refused on every stage but local
OPENING_BALANCE_MINOR = 500_00
CURRENCY = "EUR"


@dataclass(frozen=True)
class SeedUser:
    """A user with an opening balance."""

    username: str
    first_name: str
    last_name: str
    locale: str
    time_zone: str
    role: str = "customer"
    currency: str = CURRENCY
    balance_minor: int = OPENING_BALANCE_MINOR

    @property
    def email(self) -> str:
        """At a domain that reaches nobody."""
        return f"{self.username}@example.com"


USERS = (
    SeedUser("user1", "Ada", "Martin", "en", "Europe/London"),
    SeedUser("user2", "Louis", "Bernard", "fr", "Europe/Paris"),
    SeedUser("user3", "Marta", "Kowalska", "en", "Europe/Warsaw"),
    SeedUser("user4", "Kenji", "Tanaka", "en", "Asia/Tokyo"),
    SeedUser("user5", "Camille", "Dubois", "fr", "America/Montreal"),
    SeedUser("yuki", "Yuki", "Sato", "en", "Asia/Tokyo", currency="JPY", balance_minor=60_000),
    SeedUser("admin", "Alex", "Admin", "en", "UTC", role="admin"),
)

PARTNER = "acme-tv"
PARTNER_API_KEY = "local-acme-tv-0123456789abcdef"
PARTNER_CREDIT_LIMIT_MINOR = 1000_00
PARTNER_EMAIL = "operations@acme-tv.example.com"
PARTNER_WEBHOOK_SECRET = "whsec_bG9jYWwtYWNtZS10di13ZWJob29rLXNlY3JldA=="  # noqa: S105  # documented, on laptops only

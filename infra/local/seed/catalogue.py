"""The offers of a made-up provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local.seed.people import CURRENCY


@dataclass(frozen=True)
class SeedOffer:
    """``price_minor`` in the currency's smallest unit; ``opens_in_days`` from now, negative when
    open already.
    """

    code: str
    name: str
    category: str
    price_minor: int
    products: tuple[str, ...]
    description: str
    duration_days: int = 30
    status: str = "active"
    opens_in_days: int = -90
    currency: str = CURRENCY

    def valid_from(self, now: datetime) -> datetime:
        """The moment it opens."""
        return now + timedelta(days=self.opens_in_days)


CATALOGUE = (
    SeedOffer(
        code="FIBRE-300",
        name="Fibre 300",
        category="internet",
        price_minor=29_99,
        products=("Fibre 300 Mbit/s", "Wi-Fi 6 router"),
        description="300 Mbit/s down and up, for a household that streams and works from home.",
    ),
    SeedOffer(
        code="FIBRE-1000",
        name="Fibre Giga",
        category="internet",
        price_minor=44_99,
        products=("Fibre 1 Gbit/s", "Wi-Fi 7 router"),
        description="A full gigabit in both directions, with a Wi-Fi 7 router included.",
    ),
    SeedOffer(
        code="DSL-50",
        name="DSL Start",
        category="internet",
        price_minor=19_99,
        products=("DSL 50 Mbit/s", "Wi-Fi 5 router"),
        description="50 Mbit/s where there is no fibre yet.",
    ),
    SeedOffer(
        code="TV-BASIC",
        name="TV Basic",
        category="tv",
        price_minor=9_99,
        products=("80 channels", "7 days of replay"),
        description="80 channels in HD and a week of replay, on the television and on the phone.",
    ),
    SeedOffer(
        code="TV-CINEMA",
        name="TV Cinema",
        category="tv",
        price_minor=17_99,
        products=("TV Basic", "12 film channels", "Film library"),
        description="Everything in TV Basic, twelve film channels and a library of 4,000 films.",
    ),
    SeedOffer(
        code="TV-SPORTS",
        name="TV Sports",
        category="tv",
        price_minor=24_99,
        products=("TV Basic", "Football", "Motor sport", "Tennis"),
        description="Every match of the season live, in 4K where it is broadcast in 4K.",
    ),
    SeedOffer(
        code="MOBILE-20",
        name="Mobile 20",
        category="mobile",
        price_minor=12_99,
        products=("20 GB of 5G", "Unlimited calls"),
        description="20 GB a month, unlimited calls and texts, roaming in the EU.",
    ),
    SeedOffer(
        code="MOBILE-UNLIMITED",
        name="Mobile Unlimited",
        category="mobile",
        price_minor=29_99,
        products=("Unlimited 5G", "eSIM"),
        description="Unlimited 5G with 30 GB of EU roaming.",
    ),
    SeedOffer(
        code="MOBILE-WEEK",
        name="Mobile Week",
        category="mobile",
        price_minor=4_99,
        products=("10 GB of 5G",),
        description="10 GB for seven days, for visitors and for the times in between.",
        duration_days=7,
    ),
    SeedOffer(
        code="DUO-FIBRE-TV",
        name="Duo",
        category="bundle",
        price_minor=36_99,
        products=("Fibre 300", "TV Basic"),
        description="Fibre 300 and TV Basic on one bill.",
    ),
    SeedOffer(
        code="TRIO-HOME",
        name="Trio Home",
        category="bundle",
        price_minor=59_99,
        products=("Fibre Giga", "TV Cinema", "Mobile 20"),
        description="Gigabit fibre, films and a mobile line for one price.",
    ),
    SeedOffer(
        code="FAMILY-MAX",
        name="Family Max",
        category="bundle",
        price_minor=99_99,
        products=("Fibre Giga", "TV Sports", "4 × Mobile"),
        description="House and four phones: gigabit fibre, all sports and four unlimited lines.",
    ),
    SeedOffer(
        code="YEAR-FIBRE",
        name="Fibre 300 for a year",
        category="internet",
        price_minor=299_00,
        products=("Fibre 300", "Router"),
        description="Fibre 300 paid for twelve months at the price of ten.",
        duration_days=365,
    ),
    SeedOffer(
        code="DSL-16",
        name="DSL 16",
        category="internet",
        price_minor=14_99,
        products=("DSL 16 Mbit/s",),
        description="No longer sold; replaced by DSL Start.",
        status="retired",
        opens_in_days=-900,
    ),
    SeedOffer(
        code="FIBRE-8000",
        name="Fibre 8 Giga",
        category="internet",
        price_minor=79_99,
        products=("Fibre 8 Gbit/s", "Wi-Fi 7 router"),
        description="8 Gbit/s, from the day the new network opens.",
        opens_in_days=45,
    ),
    SeedOffer(
        code="VISITOR-JAPAN",
        name="Visitor Japan",
        category="mobile",
        price_minor=19_800,
        products=("100 GB of 5G", "eSIM"),
        description="100 GB of 5G in Japan, paid from an account in yen.",
        currency="JPY",
        status="draft",  # publish it to see it: with euros it cannot be bought
    ),
)

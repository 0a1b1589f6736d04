"""The offers of a made-up provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class SeedOffer:
    """``price_minor`` in euro cents; ``opens_in_days`` from now, negative when open already."""

    code: str
    name: str
    category: str
    price_minor: int
    products: tuple[str, ...]
    description: str
    duration_days: int = 30
    status: str = "active"
    opens_in_days: int = -90

    def valid_from(self, now: datetime) -> datetime:
        """The moment it opens."""
        return now + timedelta(days=self.opens_in_days)


CATALOGUE = (
    SeedOffer(
        *("FIBRE-300", "Fibre 300", "internet", 29_99, ("Fibre 300 Mbit/s", "Wi-Fi 6 router")),
        "300 Mbit/s down and up, for a household that streams and works from home.",
    ),
    SeedOffer(
        *("FIBRE-1000", "Fibre Giga", "internet", 44_99, ("Fibre 1 Gbit/s", "Wi-Fi 7 router")),
        "A full gigabit in both directions, with a Wi-Fi 7 router included.",
    ),
    SeedOffer(
        *("DSL-50", "DSL Start", "internet", 19_99, ("DSL 50 Mbit/s", "Wi-Fi 5 router")),
        "50 Mbit/s where there is no fibre yet.",
    ),
    SeedOffer(
        *("TV-BASIC", "TV Basic", "tv", 9_99, ("80 channels", "7 days of replay")),
        "80 channels in HD and a week of replay, on the television and on the phone.",
    ),
    SeedOffer(
        *("TV-CINEMA", "TV Cinema", "tv", 17_99, ("TV Basic", "12 film channels", "Film library")),
        "Everything in TV Basic, twelve film channels and a library of 4,000 films.",
    ),
    SeedOffer(
        *("TV-SPORTS", "TV Sports", "tv", 24_99, ("TV Basic", "Football", "Motor sport", "Tennis")),
        "Every match of the season live, in 4K where it is broadcast in 4K.",
    ),
    SeedOffer(
        *("MOBILE-20", "Mobile 20", "mobile", 12_99, ("20 GB of 5G", "Unlimited calls")),
        "20 GB a month, unlimited calls and texts, roaming in the EU.",
    ),
    SeedOffer(
        *("MOBILE-UNLIMITED", "Mobile Unlimited", "mobile", 29_99, ("Unlimited 5G", "eSIM")),
        "Unlimited 5G with 30 GB of EU roaming.",
    ),
    SeedOffer(
        *("MOBILE-WEEK", "Mobile Week", "mobile", 4_99, ("10 GB of 5G",)),
        "10 GB for seven days, for visitors and for the times in between.",
        duration_days=7,
    ),
    SeedOffer(
        *("DUO-FIBRE-TV", "Duo", "bundle", 36_99, ("Fibre 300", "TV Basic")),
        "Fibre 300 and TV Basic on one bill.",
    ),
    SeedOffer(
        *("TRIO-HOME", "Trio Home", "bundle", 59_99, ("Fibre Giga", "TV Cinema", "Mobile 20")),
        "Gigabit fibre, films and a mobile line for one price.",
    ),
    SeedOffer(
        *("FAMILY-MAX", "Family Max", "bundle", 99_99, ("Fibre Giga", "TV Sports", "4 × Mobile")),
        "The house and four phones: gigabit fibre, all sports and four unlimited lines.",
    ),
    SeedOffer(
        *("YEAR-FIBRE", "Fibre 300 for a year", "internet", 299_00, ("Fibre 300", "Router")),
        "Fibre 300 paid for twelve months at the price of ten.",
        duration_days=365,
    ),
    SeedOffer(
        *("DSL-16", "DSL 16", "internet", 14_99, ("DSL 16 Mbit/s",)),
        "No longer sold; replaced by DSL Start.",
        status="retired",
        opens_in_days=-900,
    ),
    SeedOffer(
        *("FIBRE-8000", "Fibre 8 Giga", "internet", 79_99, ("Fibre 8 Gbit/s", "Wi-Fi 7 router")),
        "8 Gbit/s, from the day the new network opens.",
        opens_in_days=45,
    ),
)

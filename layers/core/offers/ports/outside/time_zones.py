"""IANA time zones."""

from collections.abc import Callable
from datetime import tzinfo

ZoneOf = Callable[[str], tzinfo]
"""The zone of this name, or UTC when it is unknown."""

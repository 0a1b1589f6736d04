"""Time, so that tests and the laptop stack can move it."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Now, as an aware datetime in UTC."""

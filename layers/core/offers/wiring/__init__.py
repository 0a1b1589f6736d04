"""Which adapter stands behind which port: the only place that knows.

Functions say ``make(RequestActivation)(…)``; ``make.py`` shows how.
"""

from offers.wiring.make import Maker, make

__all__ = ["Maker", "make"]

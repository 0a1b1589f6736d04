"""How long the work on a purchase waits, each time with its reason: the one home of these times.

Back-off between tries is in ``backoff``; what a deployment chooses (the lead and grace of renewals)
is in its settings.
"""

from __future__ import annotations

from datetime import timedelta

DISPATCH_GRACE = timedelta(seconds=30)
"""How long after ``deliver_at`` the relay leaves a message to the request that wrote it, which
sends it itself right after its commit: long enough for that request to end, so that few messages
are sent twice.
"""

HOLD = timedelta(minutes=2)
"""How long one relay has a message to itself; if it dies meanwhile, the next relay takes over."""

LEASE = timedelta(seconds=90)
"""How long a claim of a transaction holds.

Longer than any function that claims may run (a test of the template compares), so that its holder
is certainly gone when another takes over.
"""

QUIET = timedelta(seconds=30)
"""How long after the last try the provisioning system may be asked what became of it: a request
that timed out here may still be under way there.
"""

LOST_AFTER = timedelta(minutes=1)
"""What was accepted, is not on its way to a queue and was never tried has lost its message after
this, if no message waits in the queue: a batch that a worker has received may take nearly as long.
"""

STANDSTILL = timedelta(minutes=15)
"""A transaction to which nothing has happened for this long is got going again, or may be settled
by hand. Longer than any delay between two tries (backoff.MAX_DELAY_SECONDS), so that what waits is
not taken for lost. What waits in the outbox is not lost either: the relay has it.
"""

MAX_TRIES = 5
"""After so many tries without an outcome, asking replaces trying."""

GIVE_UP_AFTER = timedelta(hours=24)
"""How long something that could not be done is tried again; after that the provisioning system is
asked, and the money goes back.
"""

DEACTIVATION_LEASE = timedelta(minutes=5)
"""How long one worker has the end of a service to itself; longer than any function that works on it
may run.
"""

WHILE_RENEWING = timedelta(minutes=5)
"""When the end of a service is looked at again whose renewal is on its way."""

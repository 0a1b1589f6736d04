"""The status projection in Redis: one hash per transaction, its version beside its JSON."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from offers.adapters.redis.transaction_codec import dump_transaction, load_transaction
from offers.domain.errors import DomainError

if TYPE_CHECKING:
    from offers.adapters.redis.client import RedisServer
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction

logger = logging.getLogger(__name__)

STATUS_TTL_SECONDS = 24 * 60 * 60
"""A day: nobody polls longer, and PostgreSQL answers whoever does."""

BELIEVED_SECONDS = 10
"""How long a state that can still change is shown. Publishing never fails loudly, so the last word
may be missing here (Redis was away for a moment, a worker died after its commit): then the truth is
asked again, and put here anew."""

# Sent whole (EVAL) rather than by its hash: 250 bytes more, but never a second round trip, also not
# after Redis was restarted and has forgotten its scripts.
_PUBLISH = """
local stored = tonumber(redis.call('HGET', KEYS[1], 'version'))
if stored and stored > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'state', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[4] == '0' then
    redis.call('HDEL', KEYS[1], 'until')
else
    redis.call('HSET', KEYS[1], 'until', redis.call('TIME')[1] + ARGV[4])
end
return 1
"""

# The version stays when the state is no longer believed: no older one may take its place.
_FIND = """
local stored = redis.call('HMGET', KEYS[1], 'state', 'until')
if stored[2] and tonumber(redis.call('TIME')[1]) >= tonumber(stored[2]) then return false end
return stored[1]
"""


class RedisTransactionStatusStore:
    """Port TransactionStatusStore, one round trip each way."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server

    def publish(self, transaction: Transaction) -> None:
        """Store it unless a newer version is there already; the comparison and the write are one
        script."""
        key, state = _key(transaction.id), dump_transaction(transaction)
        believed = 0 if transaction.status.is_terminal else BELIEVED_SECONDS
        self._server.command(
            "EVAL", _PUBLISH, 1, key, transaction.version, state, STATUS_TTL_SECONDS, believed
        )

    def find(self, transaction_id: TransactionId) -> Transaction | None:
        """The stored state, or None; also when it could have changed since it was stored."""
        state = self._server.command("EVAL", _FIND, 1, _key(transaction_id))
        return None if state is None else _readable(state, transaction_id)


def _key(transaction_id: TransactionId) -> str:
    return f"transaction:v1:{transaction_id}"  # v1: the format of the state


def _readable(state: str, transaction_id: TransactionId) -> Transaction | None:
    try:
        transaction = load_transaction(state)
    except (LookupError, TypeError, ValueError, AttributeError, DomainError) as failure:
        logger.warning("unreadable status of %s: %s", transaction_id, type(failure).__name__)
        return None
    if transaction.id != transaction_id:
        logger.error("the status stored for %s is of another transaction", transaction_id)
        return None
    return transaction

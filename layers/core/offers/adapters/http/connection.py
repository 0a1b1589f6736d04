"""Connections with a hard end, however slowly bytes trickle."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

from offers.adapters.http.cause import Cause, NothingSent, cause_of_no_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from urllib.parse import SplitResult


def anybody(_address: str) -> bool:
    """Every address may be connected to."""
    return True


@contextmanager
def connected(
    base: SplitResult,
    connect_timeout_seconds: float,
    deadline: float,
    accept: Callable[[str], bool] = anybody,
) -> Iterator[socket.socket]:
    """A connection, through TLS for https, that is cut at ``deadline`` (monotonic).

    Raises NothingSent; also if ``accept`` refuses one of the addresses that the name has. What was
    checked is what is connected to: the name is not looked up again.
    """
    addresses = _addresses(base, deadline)
    if not all(accept(host) for host, _ in addresses):
        raise NothingSent(Cause.FORBIDDEN_ADDRESS)
    plain = _first_that_answers(addresses, connect_timeout_seconds, deadline)
    with plain, _cut_at(deadline, plain), _secured(plain, base, deadline) as connection:
        yield connection


def _first_that_answers(
    addresses: list[tuple[str, int]], connect_timeout_seconds: float, deadline: float
) -> socket.socket:
    """All addresses of the name share the one budget."""
    cause = Cause.TIMEOUT
    for address in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            plain = socket.create_connection(address, min(connect_timeout_seconds, left))
        except OSError as failure:
            cause = cause_of_no_connection(failure, deadline)
        else:
            # The body follows the headers at once instead of waiting for their acknowledgement.
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.settimeout(max(deadline - time.monotonic(), 0.001))
            return plain
    raise NothingSent(cause)


def _addresses(base: SplitResult, deadline: float) -> list[tuple[str, int]]:
    port = base.port or (443 if base.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(base.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as failure:
        raise NothingSent(cause_of_no_connection(failure, deadline)) from failure
    return [(str(address[0]), port) for *_, address in found]


@contextmanager
def _cut_at(deadline: float, plain: socket.socket) -> Iterator[None]:
    """A socket's own timeout starts anew with every byte, so a second hand on the line ends it in
    time."""
    line = plain.dup()  # TLS takes the first one over
    knife = threading.Timer(max(deadline - time.monotonic(), 0), _cut, [line])
    knife.daemon = True
    knife.start()
    try:
        yield
    finally:
        knife.cancel()
        line.close()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):  # it has ended meanwhile
        line.shutdown(socket.SHUT_RDWR)


def _secured(plain: socket.socket, base: SplitResult, deadline: float) -> socket.socket:
    if base.scheme == "http":
        return plain
    try:
        return _tls().wrap_socket(plain, server_hostname=base.hostname)
    except (OSError, ValueError) as failure:
        raise NothingSent(cause_of_no_connection(failure, deadline)) from failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()

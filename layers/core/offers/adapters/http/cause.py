"""Why an exchange failed, in words that may be stored and shown."""

from __future__ import annotations

import socket
import ssl
import time
from enum import StrEnum


class Cause(StrEnum):
    """Stable: partners read these words in their deliveries, operators in a transaction's story."""

    NAME_NOT_FOUND = "name_not_found"
    FORBIDDEN_ADDRESS = "forbidden_address"
    CONNECTION_FAILED = "connection_failed"
    TLS_FAILED = "tls_failed"
    CERTIFICATE_NOT_TRUSTED = "certificate_not_trusted"
    TIMEOUT = "timeout"
    NO_ANSWER = "no_answer"
    NO_CREDENTIALS = "no_credentials"
    ANSWER_TOO_LARGE = "answer_too_large"


class ExchangeFailed(Exception):
    """No answer, and why."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause.value)
        self.cause = cause


class NothingSent(ExchangeFailed):
    """There was no connection, so the request did not arrive."""


class AnswerLost(ExchangeFailed):
    """The request was sent, or a part of it, and no whole answer came back in time."""


def cause_of_no_connection(failure: OSError | ValueError, deadline: float) -> Cause:
    """``deadline`` is monotonic: a line that was cut then fails in whatever way it can."""
    match failure:
        case ssl.SSLCertVerificationError():
            return Cause.CERTIFICATE_NOT_TRUSTED
        case TimeoutError():
            return Cause.TIMEOUT
        case _ if time.monotonic() >= deadline:
            return Cause.TIMEOUT
        case ssl.SSLError():
            return Cause.TLS_FAILED
        case socket.gaierror() | ValueError():  # ValueError: a name that IDNA cannot write
            return Cause.NAME_NOT_FOUND
        case _:
            return Cause.CONNECTION_FAILED


def cause_of_no_answer(deadline: float) -> Cause:
    """Whatever the line or the answer's form suffered from, it is late or it is no answer."""
    return Cause.TIMEOUT if time.monotonic() >= deadline else Cause.NO_ANSWER

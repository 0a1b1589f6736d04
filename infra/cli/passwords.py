"""Passwords come from a prompt or from standard input, never from the arguments."""

import getpass
import sys

from infra.cli.errors import WrongUse

SHORTEST = 8


def new_password(*, from_stdin: bool) -> str:
    """A password of at least SHORTEST characters. Raises WrongUse."""
    password = sys.stdin.readline().rstrip("\n") if from_stdin else _asked_twice()
    if len(password) < SHORTEST:
        message = f"A password has at least {SHORTEST} characters."
        raise WrongUse(message)
    return password


def _asked_twice() -> str:
    if not sys.stdin.isatty():
        message = "There is no terminal to ask for the password: use --password-stdin."
        raise WrongUse(message)
    password = getpass.getpass("New password: ")
    if getpass.getpass("Again: ") != password:
        message = "The two passwords differ."
        raise WrongUse(message)
    return password

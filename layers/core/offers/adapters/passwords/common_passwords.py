"""Passwords that many people use.

The file holds those of eight characters and more from the list that Django 5.2 ships
(django/contrib/auth/common-passwords.txt.gz, BSD licence), in lower case. Royce Williams made it
from published breaches: https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt.gz")


@cache
def common_passwords() -> frozenset[str]:
    """Read when the first password is chosen, in some milliseconds."""
    return frozenset(gzip.decompress(_FILE.read_bytes()).decode().splitlines())

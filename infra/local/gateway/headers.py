"""Request headers as API Gateway hands them on: the last value in ``headers``, all of them in
``multiValueHeaders``.

https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RAW_HEADERS = "offers.raw_headers"
"""Where the server leaves each header line in WSGI's environ, which itself joins equal names."""


def keep_last(environ: dict[str, Any]) -> None:
    """What looks at one value, the authorizer and the key check, sees the last one too."""
    for name, value in _lines(environ):
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            environ[f"HTTP_{key}"] = value


def as_event(environ: Mapping[str, Any]) -> dict[str, Any]:
    """The two maps of a proxy event; names equal but for their letters are one header."""
    spelled: dict[str, str] = {}
    multiple: dict[str, list[str]] = {}
    for name, value in _lines(environ):
        multiple.setdefault(spelled.setdefault(name.lower(), name), []).append(value)
    single = {name: values[-1] for name, values in multiple.items()}
    return {"headers": single, "multiValueHeaders": multiple}


def _lines(environ: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    lines: Iterable[tuple[str, str]] = environ.get(RAW_HEADERS, ())
    return lines

"""The new versions of a release, before traffic goes to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from offers.adapters.aws import ClientFactory


class LambdaVersions:
    """``versions`` are the ARNs of published versions."""

    def __init__(self, client: ClientFactory, versions: Iterable[str]) -> None:
        self._client = client
        self._versions = tuple(versions)

    def answers(self, event: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """What each answers to this event: (version, its result or its error)."""
        payload = json.dumps(event).encode()
        for version in self._versions:
            answer = self._client().invoke(FunctionName=version, Payload=payload)
            yield version, json.loads(answer["Payload"].read())

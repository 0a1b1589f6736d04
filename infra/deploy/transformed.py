"""python -m infra.deploy.transformed FILE: the root as CloudFormation sees it, after SAM.

What SAM adds, versions, aliases, permissions, stages, is checked with the rest.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = Path(__file__).parents[2]
PARAMETERS = {"Release": "0123456789", "CanaryDeployments": "true"}


class NoPolicies:
    """SAM is to look up no policy of Amazon's."""

    def load(self) -> dict[str, str]:
        """None."""
        return {}


def transformed(code: str = "s3://bucket/key", **parameters: str) -> dict[str, Any]:
    """The template, with every package at ``code``."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    source: dict[str, Any] = copy.deepcopy(yaml_parse((ROOT / "template.yaml").read_text("utf-8")))
    for resource in source["Resources"].values():
        for name in {"CodeUri", "ContentUri"} & set(resource.get("Properties", {})):
            resource["Properties"][name] = code
    document: dict[str, Any] = transform(source, {**PARAMETERS, **parameters}, NoPolicies())
    return document


if __name__ == "__main__":
    logging.disable()
    file = Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(transformed(), indent=1), "utf-8")

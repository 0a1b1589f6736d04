"""Carries API Gateway's keys and plans over a restart, with the ids that the database knows.

moto forgets everything when its process ends; an API key that was shown once must keep working.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import ApiKey, UsagePlan, UsagePlanKey, apigateway_backends

from infra.local.stack_folder import write_atomically
from infra.local.template.names import ACCOUNT, REGION

if TYPE_CHECKING:
    from pathlib import Path

PATHS = ("/apikeys", "/usageplans")


def is_change(method: str, path: str) -> bool:
    """Whether a request to API Gateway's control plane changes what save() keeps."""
    return method != "GET" and path.startswith(PATHS)


def save(file: Path) -> None:
    """Write down what the backend holds now."""
    backend = apigateway_backends[ACCOUNT][REGION]
    kept: dict[str, Any] = {
        "keys": [key.to_json() for key in backend.keys.values()],
        "plans": [plan.to_json() for plan in backend.usage_plans.values()],
        "plan_keys": {
            plan: [key.to_json() for key in keys.values()]
            for plan, keys in backend.usage_plan_keys.items()
        },
    }
    write_atomically(file, json.dumps(kept, default=str))


def restore(file: Path) -> None:
    """Give an empty backend what save() wrote; nothing when there is nothing."""
    if not file.exists():
        return
    kept = json.loads(file.read_text(encoding="utf-8"))
    backend = apigateway_backends[ACCOUNT][REGION]
    for key in kept["keys"]:
        backend.keys[key["id"]] = _api_key(key)
    for plan in kept["plans"]:
        backend.usage_plans[plan["id"]] = _usage_plan(plan)
    for plan_id, keys in kept["plan_keys"].items():
        backend.usage_plan_keys[plan_id] = {
            key["id"]: UsagePlanKey(key["id"], key["type"], key["name"], key["value"])
            for key in keys
        }


def _api_key(kept: dict[str, Any]) -> ApiKey:
    wanted = ("name", "description", "enabled", "value", "tags", "customerId")
    values: dict[str, Any] = {name: kept.get(name) for name in wanted}
    return ApiKey(api_key_id=kept["id"], **values)


def _usage_plan(kept: dict[str, Any]) -> UsagePlan:
    wanted = ("name", "description", "apiStages", "throttle", "quota", "productCode", "tags")
    return UsagePlan(usage_plan_id=kept["id"], **{name: kept.get(name) for name in wanted})

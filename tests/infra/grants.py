"""Which rights each of the templates' roles has, and which each function ought to have."""

import re
from collections.abc import Iterator
from typing import Any

from tests.infra.reach import reached
from tests.infra.template import Function, functions, nested_stacks, resources, target

MANAGED = "AWS::IAM::ManagedPolicy"
ROLE = "AWS::IAM::Role"

PSEUDO_PARAMETER = re.compile(r"\$\{AWS::\w+\}")

Grant = tuple[str, str]
"""(action, the resource's own name)."""

READ_SECRET = "secretsmanager:GetSecretValue"
DECRYPT = ("kms:Decrypt", "SecretsKeyArn")
"""Beside every secret, for accounts that keep theirs under a key of their own."""
DATABASE = {(READ_SECRET, "DatabaseSecretArn")}
OWNER = {(READ_SECRET, "OwnerSecretArn")}
REDIS = {(READ_SECRET, "RedisSecretArn")}
TOKEN_KEYS = {(READ_SECRET, "TokenKeysSecretArn")}
SEALING_KEYS = {(READ_SECRET, "SealingKeysSecretArn")}
PROVISIONING = {(READ_SECRET, "ProvisioningSecretArn")}
OUTBOX = {
    (action, f"${{Prefix}}-{queue}")
    for action in ("sqs:SendMessage", "sqs:GetQueueAttributes")
    for queue in ("activation", "notification", "webhook")
}
KEYS_OF_PARTNERS = {
    ("apigateway:GET", "/usageplans"),
    ("apigateway:POST", "/apikeys"),
    ("apigateway:POST", "/usageplans/${BasicUsagePlan}/keys"),
    ("apigateway:POST", "/usageplans/${PremiumUsagePlan}/keys"),
    ("apigateway:PUT", "/tags/*"),
    ("apigateway:DELETE", "/apikeys/*"),
    ("apigateway:DELETE", "/usageplans/${BasicUsagePlan}/keys/*"),
    ("apigateway:DELETE", "/usageplans/${PremiumUsagePlan}/keys/*"),
}
STEPWISE = {each.logical_id for each in functions() if "DeploymentPreference" in each.properties}
"""Functions whose traffic moves step by step."""
NEEDS: dict[str, set[Grant]] = {
    "engine": DATABASE,
    "owner_engine": OWNER,
    "application_credentials": DATABASE,
    "unit_of_work": DATABASE,
    "reading": DATABASE,
    "database_answers": DATABASE,
    "redis": REDIS,
    "provisioning": PROVISIONING,
    "secret_box": SEALING_KEYS,
    "access_tokens": TOKEN_KEYS,
    "refresh_tokens": TOKEN_KEYS,
    "queues": OUTBOX,
    "queue_answers": {("sqs:GetQueueAttributes", "${Prefix}-activation")},
    "lifecycle_queue": {
        ("sqs:SendMessage", "${Prefix}-lifecycle"),
        ("sqs:GetQueueAttributes", "${Prefix}-lifecycle"),
    },
    "outcomes": {("sqs:SendMessage", "${Prefix}-outcome")},
    **{
        f"{queue}_visibility": {("sqs:ChangeMessageVisibility", f"${{Prefix}}-{queue}")}
        for queue in ("notification", "outcome", "lifecycle")
    },
    "activation_visibility": {("sqs:ChangeMessageVisibility", "${Prefix}-activation")},
    "dead_letter_visibility": {("sqs:ChangeMessageVisibility", "${Prefix}-activation-dead-letter")},
    "email_sender": {
        ("ses:SendEmail", "identity/*"),
        ("ses:SendEmail", "configuration-set/${Prefix}-emails"),
    },
    "new_versions": {("lambda:InvokeFunction", f"${{{name}.Arn}}:*") for name in STEPWISE},
    "deployment_hooks": {
        ("codedeploy:PutLifecycleEventHookExecutionStatus", "deploymentgroup:-*/*")
    },
    "api_keys": KEYS_OF_PARTNERS,
}
"""By what the code reaches; a name that needs no right of AWS's does not stand here."""
CONSUMING = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
EVERYBODY = {
    ("logs:CreateLogStream", "log-group:/aws/lambda/${Prefix}/*"),
    ("logs:PutLogEvents", "log-group:/aws/lambda/${Prefix}/*"),
    ("xray:PutTraceSegments", "*"),
    ("xray:PutTelemetryRecords", "*"),
}


def needed(function: Function) -> set[Grant]:
    """What the function's code and its events ask for; Lambda's own work in the VPC is left out."""
    grants = set(EVERYBODY)
    for name in reached(function):
        grants |= NEEDS.get(name, set())
    for _, source in function.events("SQS"):
        grants |= {(action, _queue(source["Queue"])) for action in CONSUMING}
    if dead_letters := function.properties.get("DeadLetterQueue"):
        grants.add(("sqs:SendMessage", _queue(dead_letters["TargetArn"])))
    if any(action == READ_SECRET for action, _ in grants):
        grants.add(DECRYPT)
    return grants


def _queue(reference: Any) -> str:
    name: str = resources("AWS::SQS::Queue")[target(reference)]["QueueName"]["Fn::Sub"]
    return name


def role_of(function: Function) -> str:
    """The logical id of its role in the stack of permissions."""
    return target(function.properties["Role"])


def allowed(role: str) -> set[Grant]:
    """What the role may do, Lambda's own work in the VPC left out."""
    return {
        grant
        for statement in statements_of(role)
        if statement["Effect"] == "Allow"
        for grant in grants_of(statement)
        if not grant[0].startswith("ec2:")
    }


def statements_of(role: str) -> Iterator[dict[str, Any]]:
    """Of the role itself, of the policies it names and of those that name it."""
    properties = resources(ROLE)[role]
    for policy in properties.get("Policies", []):
        yield from policy["PolicyDocument"]["Statement"]
    for policy in policies_of(role):
        yield from resources(MANAGED)[policy]["PolicyDocument"]["Statement"]
    for policy in resources(MANAGED).values():
        if any(target(each) == role for each in policy.get("Roles", [])):
            yield from policy["PolicyDocument"]["Statement"]


def policies_of(role: str) -> Iterator[str]:
    """The logical ids of our own policies that it names, also of those under a condition."""
    for policy in resources(ROLE)[role].get("ManagedPolicyArns", []):
        reference = policy["Fn::If"][1] if "Fn::If" in policy else policy
        if "Fn::Sub" not in reference:  # one of Amazon's
            yield target(reference)


def grants_of(statement: dict[str, Any]) -> Iterator[Grant]:
    for action in listed(statement["Action"]):
        for resource in listed(statement["Resource"]):
            yield action, own_name(resource)


def own_name(resource: Any) -> str:
    """The last part of an ARN; what a reference names, where it is one."""
    if isinstance(resource, str):
        return resource
    if "Fn::Sub" in resource:
        text = PSEUDO_PARAMETER.sub("", resource["Fn::Sub"])
        return text.split(":", 5)[-1] if text.startswith("arn:") else text
    return target(resource)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_in_vpc(role: str) -> bool:
    return "VpcPolicy" in policies_of(role)


def roles_of_functions() -> set[str]:
    """Those of the nested stack."""
    return {
        name
        for name, resource in nested_stacks()["Permissions"]["Resources"].items()
        if resource["Type"] == ROLE
    }

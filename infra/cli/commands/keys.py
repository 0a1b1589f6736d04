"""`offers keys …`: with IAM, at a deployed stage."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli import output
from infra.cli.errors import Refused, WrongUse
from infra.cli.options import Json, target

if TYPE_CHECKING:
    from infra.keys.secret import KeySecret

app = typer.Typer(help="The keys that sign tokens and seal secrets.", no_args_is_help=True)


class Ring(StrEnum):
    """Which keys."""

    TOKENS = "tokens"
    SEALING = "sealing"


Which = Annotated[Ring, typer.Argument(help="Those of tokens, or those that seal.")]
OUTPUTS = {Ring.TOKENS: "TokenKeysArn", Ring.SEALING: "SealingKeysArn"}


@app.command("create", epilog="Example: `offers --stack offers-dev keys create tokens`")
def create(context: typer.Context, which: Which = Ring.TOKENS, json: Json = False) -> None:
    """Fill a new stage's empty secret. `make deploy` does."""
    from infra.keys.new import new_sealing_keys, new_token_keys

    secret = _secret(context, which)
    if not secret.is_empty():
        message = "There are keys already; new ones would invalidate what they signed or sealed."
        raise Refused(message, "keys_exist")
    secret.create(new_token_keys() if which is Ring.TOKENS else new_sealing_keys())
    output.show({"keys": which, "step": "created"}, is_json=json)


@app.command("rotate", epilog="Example: `offers --stack offers-dev keys rotate tokens`")
def rotate(context: typer.Context, which: Which = Ring.TOKENS, json: Json = False) -> None:
    """Publish a new key; again, ten minutes later: sign or seal with it."""
    from infra.keys.new import new_jwk, new_sealing_key
    from infra.keys.rotation import TooEarly

    new_key = new_jwk() if which is Ring.TOKENS else new_sealing_key()
    try:
        step = _secret(context, which).rotate(new_key)
    except TooEarly as early:
        raise Refused(str(early), "too_early") from early
    output.show({"keys": which, "step": step}, is_json=json)


@app.command("retire", epilog="Example: `offers --stack offers-dev keys retire`")
def retire(context: typer.Context, json: Json = False) -> None:
    """Let the tokens' old keys go, twenty minutes after the new one began to sign."""
    from infra.keys.rotation import NothingToRetire, TooEarly

    try:
        _secret(context, Ring.TOKENS).retire()
    except (NothingToRetire, TooEarly) as refusal:
        raise Refused(str(refusal), "not_retired") from refusal
    output.show({"keys": Ring.TOKENS, "step": "retired"}, is_json=json)


def _secret(context: typer.Context, which: Ring) -> KeySecret:
    from infra.cli.connection.stack import StackTarget

    stack = target(context)
    if not isinstance(stack, StackTarget):
        message = "Keys are reached with IAM: name the stack with --stack."
        raise WrongUse(message)
    return stack.keys(OUTPUTS[which])

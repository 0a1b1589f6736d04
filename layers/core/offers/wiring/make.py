"""Use cases made from the names of their fields.

``make(RequestActivation)`` reads the fields of ``RequestActivation`` and fills each with what its
name stands for: another use case (``USE_CASES``), or what a provider of that name makes. Providers
are the functions in ``stores``, ``messages``, ``tokens``, ``sealing`` and ``choices``; the names of
their parameters are looked up in the same way. Everything is made once, on first use, and imports
what it needs only then, so a function loads no more than it uses.

A name means the same everywhere; a test makes every use case and compares each field's type with
what its name stands for.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from offers.wiring import choices, messages, releases, sealing, stores, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

USE_CASES = {
    "announce": "activation.announce_outcome.AnnounceOutcome",
    "announce_unpaid": "subscriptions.announce_unpaid.AnnounceUnpaid",
    "announce_webhook": "webhooks.announce_webhook.AnnounceWebhook",
    "claim": "activation.claim_transaction.ClaimTransaction",
    "create_user": "customers.create_user.CreateUser",
    "deactivate": "subscriptions.deactivate_service.DeactivateService",
    "disable": "webhooks.disable_webhook.DisableWebhook",
    "deny_sessions": "sessions.deny_sessions.DenySessions",
    "dispatch": "outbox.dispatch_messages.DispatchMessages",
    "expire": "subscriptions.expire_subscription.ExpireSubscription",
    "notify": "notifications.notify_user.NotifyUser",
    "prepare": "webhooks.sign_deliveries.SignDeliveries",
    "recover": "activation.recover_transaction.RecoverTransaction",
    "remind": "subscriptions.remind_subscriber.RemindSubscriber",
    "renew": "subscriptions.renew_automatically.RenewAutomatically",
    "requeue": "activation.requeue_transaction.RequeueTransaction",
    "resolve": "activation.resolve_transaction.ResolveTransaction",
    "send_reset": "passwords.send_reset.SendReset",
    "settle": "activation.settle_transaction.SettleTransaction",
    "webhook_secrets": "webhooks.webhook_secrets.WebhookSecrets",
    "verify": "ledger.verify_ledger.VerifyLedger",
}
"""Use cases that others have as collaborators, by the fields that ask for them."""


class NothingStandsFor(Exception):
    """A field or a parameter has a name that nothing is made for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nothing in offers.wiring stands for {name!r}")


class Maker:
    """Makes each thing once. What is ``given`` by name stands in for what would be made: tests give
    their fakes so.
    """

    def __init__(self, **given: object) -> None:
        self._parts: dict[str, Any] = dict(given)
        self._made: dict[Callable[..., Any], Any] = {}
        self._making = RLock()  # messages of a batch are worked on side by side

    def __call__(self, wanted: Callable[..., T]) -> T:
        """The use case of this class, or what this provider makes."""
        fields = getattr(wanted, "__dataclass_fields__", None)
        if fields is None:
            return self.part(wanted.__name__)  # type: ignore[no-any-return]  # by its own name
        if wanted not in self._made:
            with self._making:
                if wanted not in self._made:
                    self._made[wanted] = wanted(**{name: self.part(name) for name in fields})
        return self._made[wanted]  # type: ignore[no-any-return]  # kept by class

    def later(self, wanted: Callable[..., T]) -> Callable[[], T]:
        """The same, made when it is first asked for."""
        return partial(self, wanted)

    def part(self, name: str) -> Any:
        """What a field of this name is filled with. Raises NothingStandsFor."""
        if name not in self._parts:
            with self._making:
                if name not in self._parts:
                    self._parts[name] = self._part(name)
        return self._parts[name]

    def _part(self, name: str) -> Any:
        if name in USE_CASES:
            module, _, use_case = USE_CASES[name].rpartition(".")
            return self(getattr(import_module(f"offers.services.{module}"), use_case))
        provider = provider_of(name)
        code = getattr(provider, "__wrapped__", provider).__code__  # under a cache, if there is one
        wanted = code.co_varnames[: code.co_argcount]
        return provider(*map(self.part, wanted))


def provider_of(name: str) -> Any:
    """The function of this name that makes an adapter or reads a setting. Raises
    NothingStandsFor.
    """
    for module in (stores, messages, tokens, sealing, releases, choices):
        provider = vars(module).get(name)
        if provider is not None and getattr(provider, "__module__", None) == module.__name__:
            return provider
    raise NothingStandsFor(name)


make = Maker()
"""What the functions use: real adapters, settings from the environment."""

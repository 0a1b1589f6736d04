"""Facts that stop a use case, each with a stable code and its data.

HTTP statuses are decided at the edge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import OfferId, SubscriptionId, TransactionId
    from offers.domain.money import Money


class DomainError(Exception):
    """A rule said no. ``code`` never changes; the message may be shown to the caller."""

    code: ClassVar[str]


class RetryableError(DomainError):
    """A rule said not now: the same request may pass after ``retry_after_seconds``."""

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


# --- who is asking


class InvalidCredentials(DomainError):
    code = "invalid_credentials"

    def __init__(self) -> None:
        super().__init__("The username or the password is wrong.")


class TooManyAttempts(RetryableError):
    code = "too_many_attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("Too many failed sign-ins; wait before trying again.", retry_after_seconds)


class InvalidToken(DomainError):
    """The token is malformed, expired, revoked or not ours; which of these is not told."""

    code = "invalid_token"

    def __init__(self) -> None:
        super().__init__("The token is not valid.")


class RefreshTokenReused(DomainError):
    """A spent refresh token came back: its whole family is revoked (RFC 9700 §4.14.2)."""

    code = "refresh_token_reused"

    def __init__(self) -> None:
        super().__init__("This refresh token was used before; sign in again.")


class NotPermitted(DomainError):
    code = "forbidden"

    def __init__(self) -> None:
        super().__init__("This caller may not do that.")


class UnknownApiKey(DomainError):
    """The gateway knows the key, but it belongs to no active partner (any more)."""

    code = "invalid_api_key"

    def __init__(self) -> None:
        super().__init__("This API key is not accepted.")


# --- what is asked for


class NotFound(DomainError):
    """Unknown, or somebody else's: the two look the same from outside."""


class OfferNotFound(NotFound):
    code = "offer_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such offer.")


class SubscriptionNotFound(NotFound):
    code = "subscription_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such subscription.")


class TransactionNotFound(NotFound):
    code = "transaction_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such transaction.")


class UserNotFound(NotFound):
    code = "user_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such user.")


class ReferenceNotFound(NotFound):
    code = "reference_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such reference.")


class PartnerNotFound(NotFound):
    code = "partner_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such partner.")


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such API key.")


class WebhookDeliveryNotFound(NotFound):
    code = "webhook_delivery_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such webhook delivery.")


class UnsubscribeLinkUnknown(NotFound):
    """The token of a link to unsubscribe is damaged or nobody's."""

    code = "unsubscribe_link_unknown"

    def __init__(self) -> None:
        super().__init__("This link does not work any more.")


class InvalidCursor(DomainError):
    """A cursor that this list did not issue, or a damaged one."""

    code = "invalid_cursor"

    def __init__(self) -> None:
        super().__init__("The cursor does not belong to this list; start again without it.")


# --- money


class InvalidMoney(DomainError):
    code = "invalid_money"

    def __init__(self, text: str) -> None:
        super().__init__(f"Not an amount of money: {text[:40]!r}.")


class CurrencyMismatch(DomainError):
    code = "currency_mismatch"

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(f"The account is kept in {expected}, not in {given}.")


class InsufficientBalance(DomainError):
    code = "insufficient_balance"

    def __init__(self, balance: Money, price: Money) -> None:
        super().__init__(f"The balance is {balance}, the price {price}.")
        self.balance = balance
        self.price = price


class CreditLimitReached(DomainError):
    """A partner's account would go below minus its credit limit."""

    code = "credit_limit_reached"

    def __init__(self, available: Money, price: Money) -> None:
        super().__init__(f"The credit left is {available}, the price {price}.")
        self.available = available
        self.price = price


# --- state


class OfferNotAvailable(DomainError):
    """Draft, retired, or outside ``valid_from``–``valid_until``."""

    code = "offer_not_available"

    def __init__(self, offer_id: OfferId) -> None:
        super().__init__("This offer cannot be activated now.")
        self.offer_id = offer_id


class AlreadySubscribed(DomainError):
    """The user has a pending or active subscription to the offer."""

    code = "already_subscribed"

    def __init__(self) -> None:
        super().__init__("A subscription to this offer is already pending or active.")


class RenewalInProgress(DomainError):
    """A renewal of the same period was accepted before."""

    code = "renewal_in_progress"

    def __init__(self) -> None:
        super().__init__("A renewal of this period is already under way.")


class SubscriptionNotRenewable(DomainError):
    """Only an active or expired subscription renews."""

    code = "subscription_not_renewable"

    def __init__(self, subscription_id: SubscriptionId) -> None:
        super().__init__("This subscription cannot be renewed.")
        self.subscription_id = subscription_id


class SubscriptionNotActive(DomainError):
    """The change asked for needs an active subscription."""

    code = "subscription_not_active"

    def __init__(self, subscription_id: SubscriptionId) -> None:
        super().__init__("This subscription is not active.")
        self.subscription_id = subscription_id


class TransactionAlreadySettled(DomainError):
    """Terminal is terminal."""

    code = "transaction_already_settled"

    def __init__(self, transaction_id: TransactionId, status: str) -> None:
        super().__init__(f"The transaction is {status} already.")
        self.transaction_id = transaction_id


class TransactionLeased(DomainError):
    """Another worker holds the claim until ``until``."""

    code = "transaction_leased"

    def __init__(self, transaction_id: TransactionId, until: datetime) -> None:
        super().__init__("Another worker is on this transaction.")
        self.transaction_id = transaction_id
        self.until = until


class IdempotencyInProgress(RetryableError):
    code = "idempotency_in_progress"

    def __init__(self) -> None:
        super().__init__("A request with this Idempotency-Key is still running.", 1)


class IdempotencyKeyReused(DomainError):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with another request.")


class StaleVersion(DomainError):
    """``If-Match`` names a version that is no longer the current one (RFC 9110 §13.1.1)."""

    code = "precondition_failed"

    def __init__(self) -> None:
        super().__init__("It was changed in the meantime; read it again.")


# --- partners


class AmountMismatch(DomainError):
    """A partner names another price or currency than the offer has."""

    code = "amount_mismatch"

    def __init__(self, price: Money) -> None:
        super().__init__(f"The offer costs {price}.")
        self.price = price


class PartnerReferenceReused(DomainError):
    """A ``partner_reference`` names one order for ever."""

    code = "partner_reference_reused"

    def __init__(self) -> None:
        super().__init__("This partner_reference was used for another order.")


class ActivationLimitReached(RetryableError):
    """As many activations as the partner may start in a calendar minute or day were accepted."""

    code = "activation_limit_reached"

    def __init__(self, limit: int, window: str, retry_after_seconds: int) -> None:
        super().__init__(f"At most {limit} activations a {window}.", retry_after_seconds)


class TooManyApiKeys(DomainError):
    code = "too_many_api_keys"

    def __init__(self, limit: int) -> None:
        super().__init__(f"A partner has at most {limit} valid API keys; revoke one first.")


class CreditLimitBelowDebt(DomainError):
    code = "credit_limit_below_debt"

    def __init__(self, balance: Money, limit: Money) -> None:
        super().__init__(f"The balance is {balance}: a credit limit of {limit} is too low.")


class PartnerNameTaken(DomainError):
    code = "partner_name_taken"

    def __init__(self) -> None:
        super().__init__("Another partner has this name.")


class InvalidWebhookUrl(DomainError):
    code = "invalid_webhook_url"

    def __init__(self, problem: str) -> None:
        super().__init__(f"The webhook URL {problem}.")


class WebhookNotConfigured(DomainError):
    code = "webhook_not_configured"

    def __init__(self) -> None:
        super().__init__("No webhook is set up for this partner.")


class WebhookDisabled(DomainError):
    """It failed for days; an administrator must enable it again."""

    code = "webhook_disabled"

    def __init__(self) -> None:
        super().__init__("The webhook is disabled because it failed for days.")

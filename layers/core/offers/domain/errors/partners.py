"""Facts that stop a partner, or whoever administers one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError, NotFound, RetryableError

if TYPE_CHECKING:
    from offers.domain.money import Money


class UnknownApiKey(DomainError):
    """The gateway knows the key, but it belongs to no active partner (any more)."""

    code = "invalid_api_key"

    def __init__(self) -> None:
        super().__init__("This API key is not accepted.")


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


class CreditLimitReached(DomainError):
    """A partner's account would go below minus its credit limit."""

    code = "credit_limit_reached"

    def __init__(self, available: Money, price: Money) -> None:
        super().__init__(f"The credit left is {available}, the price {price}.")
        self.available = available
        self.price = price


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

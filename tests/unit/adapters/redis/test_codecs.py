"""Every field is stored: a field that is added to an entity cannot be forgotten."""

from dataclasses import fields

from offers.adapters.redis import offer_codec, transaction_codec
from offers.domain.offer import Offer
from offers.domain.transaction import Transaction
from tests.contract.values import a_full_transaction


def test_the_lists_of_fields_are_complete() -> None:
    assert set(transaction_codec._READERS) == {field.name for field in fields(Transaction)}
    assert set(offer_codec._READERS) == {field.name for field in fields(Offer)}


def test_the_full_example_is_full() -> None:
    full = a_full_transaction()
    assert [field.name for field in fields(full) if getattr(full, field.name) is None] == []

"""Rules of identifiers."""

from __future__ import annotations

import re
from random import Random
from uuid import RFC_4122, UUID

import pytest

from core.kit.ids import new_id, new_id_texts, opaque_code


def test_ids_are_random_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {identifier.version for identifier in ids} == {4}


def test_codes_use_only_characters_that_are_not_mistaken_for_each_other() -> None:
    codes = {opaque_code("TE") for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"TE-[2-9A-HJ-NP-Z]{8}", code) for code in codes)


def test_every_character_is_drawn() -> None:
    drawn = set("".join(opaque_code("X")[2:] for _ in range(1000)))
    assert len(drawn) == 32


def test_codes_of_generated_records_come_out_the_same() -> None:
    one, other = (opaque_code("TE", 10, Random(7)) for _ in range(2))  # noqa: S311 - not a secret
    assert one == other
    assert len(one) == len("TE-") + 10


@pytest.mark.parametrize("prefix", ["", "te", "T-E", "Đ", "T E"])
def test_a_prefix_is_of_capitals_and_digits(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        opaque_code(prefix)


def test_a_code_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="guessed"):
        opaque_code("TE", 5)


def test_many_ids_for_the_database_are_valid_and_lie_side_by_side() -> None:
    texts = new_id_texts(1000)
    ids = [UUID(text) for text in texts]
    assert {(one.version, one.variant) for one in ids} == {(4, RFC_4122)}
    assert ids == sorted(set(ids))
    assert ids[-1].int - ids[0].int == 999
    assert ids[0] != UUID(new_id_texts(1)[0])

"""Search finds a labelled child among the first ten, however its name was typed."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest

from core.demo.names import GeneratedNames
from core.register.service import search_children
from core.tenancy.reach import Reach
from tests.core.register.conftest import Register, new_child

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

CHILDREN = 600
ENOUGH = 0.98
_OLD_AND_NEW = (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("uý", "úy"), ("uỳ", "ùy"), ("oé", "óe"))


def without_accents(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def family_last(name: str) -> str:
    family, *rest = name.split()
    return " ".join([*rest, family])


def other_tone_placement(name: str) -> str:
    for one, other in _OLD_AND_NEW:
        name = name.replace(one, other) if one in name else name.replace(other, one)
    return name


def decomposed(name: str) -> str:
    return unicodedata.normalize("NFD", name).upper()


TYPED: tuple[Callable[[str], str], ...] = (
    str,
    without_accents,
    family_last,
    lambda name: family_last(without_accents(name)),
    other_tone_placement,
    decomposed,
    lambda name: name.replace("đ", "d").replace("Đ", "D"),
)


def test_recall_on_a_labelled_set_is_at_least_98_percent_in_the_first_ten(
    register: Register, summary: Callable[[str], None]
) -> None:
    draw = random.Random(6)  # noqa: S311  no secret
    names = GeneratedNames(draw)
    with register.door.open(register.tenant, reach=Reach.whole_tenant()) as session:
        labelled = [
            new_child(
                session,
                register.here,
                names.child(draw.choice(("male", "female")), draw.choice(("kinh", "hmong", "tay"))),
            )
            for _ in range(CHILDREN)
        ]
        tried = found = 0
        for child in labelled[::3]:
            for typed in TYPED:
                matches = search_children(session, typed(child.full_name or ""))
                tried += 1
                found += child.id in {match.id for match in matches}
        session.rollback()
    summary(f"search: {found} of {tried} labelled children in the first ten")
    assert found / tried >= ENOUGH

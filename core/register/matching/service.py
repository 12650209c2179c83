"""Likely duplicates within reach, side by side. Search comes before create."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.kit.text import fold, name_tokens
from core.register.matching import repository
from core.register.matching.likeness import LIKELY, Person, likeness

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.tenancy.session import TenantSession

SHOWN = 10
PAIRS = 50
_MOST_PAIRS = 1000


@dataclass(frozen=True, slots=True)
class SeenChild:
    """A record as the comparison shows it."""

    id: UUID
    child_code: str
    full_name: str | None
    sex: str
    date_of_birth: date
    dob_precision: str
    household_id: UUID | None
    commune_id: int
    mother: str = ""

    @property
    def person(self) -> Person:
        """What is compared of it."""
        return Person(
            name_tokens(self.full_name or ""),
            self.date_of_birth,
            self.dob_precision == "day",
            self.sex,
            self.household_id,
            self.mother,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of the register that are likely one child's."""

    one: SeenChild
    other: SeenChild


def new_person(
    name: str, born: date, sex: str, *, household_id: UUID | None = None, mother: str = ""
) -> Person:
    """A child that is about to be entered."""
    return Person(
        name_tokens(name), born, exact=True, sex=sex, household_id=household_id, mother=fold(mother)
    )


def likely_same(
    session: TenantSession, person: Person, limit: int = SHOWN
) -> tuple[SeenChild, ...]:
    """Records within reach that are likely of this person, the likeliest first."""
    rows = repository.children_like(session, person)
    mothers = repository.mothers_of(session, {row[0] for row in rows})
    seen = [replace(SeenChild(*row), mother=mothers.get(row[0], "")) for row in rows]
    scored = [(likeness(person, child.person), child) for child in seen]
    likely = [(points, child) for points, child in scored if points >= LIKELY]
    likely.sort(key=lambda found: (-found[0], found[1].id))
    return tuple(child for _, child in likely[:limit])


def likely_pairs(session: TenantSession, limit: int = PAIRS) -> tuple[Pair, ...]:
    """Pairs of the register that are likely one child, the likeliest first."""
    rows = repository.pairs_alike(session, _MOST_PAIRS)
    half = len(SeenChild.__dataclass_fields__) - 1
    ids = {row[at] for row in rows for at in (0, half)}
    mothers = repository.mothers_of(session, ids)

    def seen(values: tuple[Any, ...]) -> SeenChild:
        return replace(SeenChild(*values), mother=mothers.get(values[0], ""))

    found: dict[tuple[UUID, UUID], tuple[int, Pair]] = {}
    for row in rows:
        pair = Pair(seen(row[:half]), seen(row[half:]))
        points = likeness(pair.one.person, pair.other.person)
        if points >= LIKELY:
            found[pair.one.id, pair.other.id] = (points, pair)
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(pair for _, (_, pair) in best[:limit])

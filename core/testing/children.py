"""Generated children of the test kit, and the rows of the register that they are."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.plugin_api.values import DemoChild
from core.register.models import Child, Household

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

YEAR = 2018
_CHILDREN = 2000


def children(communes: Sequence[int]) -> tuple[DemoChild, ...]:
    """Always the same ones for the same communes."""
    chance = Random(YEAR)  # noqa: S311  seeds generated children
    return tuple(
        DemoChild(
            id=UUID(int=number + 1, version=4),
            sex="male" if number % 2 else "female",
            born=date(2003, 1, 1) + timedelta(days=chance.randrange(15 * 365)),
            commune_id=communes[number % len(communes)],
            household_id=UUID(int=1_000_000 + number, version=4),
        )
        for number in range(_CHILDREN)
    )


def said(answers: Mapping[str, Any]) -> Iterator[str]:
    """Every answer as text, those in rosters too."""
    for value in answers.values():
        rows = value if isinstance(value, list) else []
        yield from (str(part) for row in rows if isinstance(row, dict) for part in row.values())
        yield str(value)


def home(child: DemoChild) -> Household:
    """The household of a generated child."""
    return Household(
        id=child.household_id,
        commune_id=child.commune_id,
        address="Tổ 1",
        head_name="Chủ hộ",
        head_fold="chu ho",
        poverty_status="average",
        poverty_year=YEAR,
        residence_status="permanent",
        generated=True,
    )


def row(child: DemoChild) -> Child:
    """A generated child in the register."""
    return Child(
        id=child.id,
        child_code=f"TE-{child.id.int & 0xFFFF:08}",
        commune_id=child.commune_id,
        name_unknown=True,
        name_sort="",
        sex=child.sex,
        date_of_birth=child.born,
        registered_on=child.born,
        dob_precision="day",
        birth_registration="registered",
        household_id=child.household_id,
        relation_to_head="child",
        residence_status="permanent",
        schooling="primary",
        status="active",
        source="survey",
        ethnicity="kinh",
        generated=True,
    )

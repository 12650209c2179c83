"""Generated households and children in the real communes of a province; the same seed, the same.

They are of no real person: names are put together from common elements, and every record is
marked ``generated``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from core.areas.repository import communes_of
from core.demo.files import DemoFiles
from core.demo.names import GeneratedNames
from core.kit.ids import opaque_code
from core.kit.periods import age_at
from core.kit.text import fold, name_tokens, vi_sort_key
from core.plugin_api.values import DemoChild
from core.register import options
from core.register.models import (
    CHILD_PREFIX,
    HOUSEHOLD_PREFIX,
    Child,
    ChildNameToken,
    Household,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.demo.names import Ethnicity
    from core.tenancy.session import TenantSession

FIRST_DAY = date(2017, 1, 1)
LAST_DAY = date(2018, 12, 31)
CHUNK = 500
_CHILDREN_IN_HOUSEHOLD = (1, 1, 1, 2, 2, 3)
_POVERTY = ("poor", "near_poor", "average", "better_off")
_POVERTY_SHARES = (12, 10, 60, 18)
_SEXES: tuple[Literal["male"], Literal["female"]] = ("male", "female")


@dataclass(frozen=True, slots=True)
class Province:
    """What the generator must know of a province to be plausible."""

    slug: str
    area_id: int
    ethnicities: Mapping[Ethnicity, int]


class DemoRegister:
    """Makes the register of one province; every draw comes from one seeded source."""

    def __init__(self, province: Province, communes: Sequence[int], *, seed: int) -> None:
        """Nothing is drawn yet."""
        self._random = random.Random(f"{seed} {province.slug}")  # noqa: S311  not a secret
        self._names = GeneratedNames(self._random)
        self._province = province
        self._communes = communes
        names = GeneratedNames(random.Random(f"{seed} {province.slug} names"))  # noqa: S311  not a secret
        self._files = DemoFiles(province.slug, communes, names, seed=seed)

    def fill(self, session: TenantSession, count: int) -> Iterator[DemoChild]:
        """Store households until there are ``count`` children; yields each child once stored."""
        made = 0
        while made < count:
            households: list[Household] = []
            children: list[Child] = []
            while len(children) < CHUNK and made < count:
                household, several = self._household(min(count - made, 3))
                households.append(household)
                children.extend(several)
                made += len(several)
            session.add_all(households)
            session.flush()
            self._files.copies(children)
            years = [
                year for household in households for year in self._files.of_household(household)
            ]
            files = [row for child in children for row in self._files.of_child(child)]
            session.add_all(children)
            session.flush()
            session.add_all(token for child in children for token in _tokens(child))
            session.add_all([*years, *files])
            session.flush()
            yield from (
                DemoChild(c.id, c.sex, c.date_of_birth, c.commune_id, c.household_id)  # type: ignore[arg-type]  # two sexes are drawn
                for c in children
            )
            session.expunge_all()

    def _household(self, most: int) -> tuple[Household, list[Child]]:
        draw = self._random
        commune = draw.choice(self._communes)
        kinds = list(self._province.ethnicities)
        ethnicity = draw.choices(kinds, list(self._province.ethnicities.values()))[0]
        family = self._names.family(ethnicity)
        head = self._names.adult("male", ethnicity, family=family)
        household = Household(
            id=self._id(),
            household_code=opaque_code(HOUSEHOLD_PREFIX, random=draw),
            commune_id=commune,
            address=f"Tổ {draw.randint(1, 20)} (dữ liệu minh họa)",
            head_name=head,
            head_fold=fold(head),
            head_ethnicity=ethnicity,
            poverty_status=draw.choices(_POVERTY, _POVERTY_SHARES)[0],
            poverty_year=2018,
            residence_status=draw.choices(("permanent", "temporary"), (9, 1))[0],
            policy_family=draw.random() < 0.06,  # noqa: PLR2004  a plausible share
            generated=True,
        )
        size = min(most, draw.choice(_CHILDREN_IN_HOUSEHOLD))
        return household, [self._child(household, ethnicity, family) for _ in range(size)]

    def _child(self, household: Household, ethnicity: Ethnicity, family: str) -> Child:
        draw = self._random
        born = date(2003, 1, 1) + timedelta(days=draw.randrange(15 * 365))
        registered = max(born + timedelta(days=draw.randint(5, 60)), FIRST_DAY)
        sex = draw.choices(_SEXES, (108, 100))[0]
        name = self._names.child(sex, ethnicity, family=family)
        key = self._id()
        return Child(
            id=key,
            child_code=opaque_code(CHILD_PREFIX, random=draw),
            commune_id=household.commune_id,
            full_name=name,
            name_sort=vi_sort_key(name),
            sex=sex,
            date_of_birth=born,
            dob_precision="day",
            ethnicity=ethnicity,
            birth_registration=draw.choices(("registered", "late"), (95, 5))[0],
            household_id=household.id,
            relation_to_head="child",
            residence_status=household.residence_status,
            schooling=_schooling(age_at(born, LAST_DAY), draw),
            health_insurance_card=_card(key),
            **_disability(key),
            registered_on=registered,
            source="survey",
            generated=True,
        )

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)


def _disability(key: UUID) -> dict[str, Any]:
    """What one child in fifty lives with."""
    if key.int % 50:
        return {}
    types, degrees = options.DISABILITY.codes, options.SEVERITY.codes
    return {
        "disability_types": [types[key.int // 50 % len(types)]],
        "disability_severity": degrees[key.int // 500 % len(degrees)],
    }


def _card(key: UUID) -> str | None:
    """A made-up card number, which nineteen children in twenty have."""
    return None if key.int % 20 == 0 else f"MH{key.int % 10**11:011}"


def communes_for(session: TenantSession, province: Province) -> tuple[int, ...]:
    """The communes of the province as they stood in the year of the demonstration."""
    return tuple(area.id for area in communes_of(session, province.area_id, FIRST_DAY))


def _tokens(child: Child) -> Iterator[ChildNameToken]:
    for token in dict.fromkeys(name_tokens(child.full_name or "")):
        yield ChildNameToken(child_id=child.id, token=token, commune_id=child.commune_id)


def _schooling(age: int, draw: random.Random) -> str:
    stages = ((3, "too_young"), (6, "preschool"), (11, "primary"), (15, "lower_secondary"))
    if age >= 11 and draw.random() < 0.02:  # noqa: PLR2004  a plausible share of older children
        return "dropped_out"
    return next((stage for limit, stage in stages if age < limit), "upper_secondary")

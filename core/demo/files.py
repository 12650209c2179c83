"""What stands in the files of generated children: family, groups, support, changes, moves.

Which child gets what follows from its number, so that even a small register has some of
everything; the rest is drawn from one seeded source. Shares are plausible, not statistics.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.kit.text import fold, vi_sort_key
from core.register.circumstances.groups import GROUPS, SUB_GROUPS, confidential_key_of
from core.register.circumstances.models import SpecialCircumstance
from core.register.counting.models import CircumstanceSpell, SupportedChild
from core.register.counting.spells import first_supports, spells_of
from core.register.family.models import Caregiver, ParentRecord
from core.register.following.models import (
    ChildMove,
    PovertyYear,
    SchoolingChange,
    StatusChange,
)
from core.register.support.models import AtRisk, SupportDelivery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.demo.names import GeneratedNames
    from core.register.models import Child, Household

# every so many children
_CIRCUMSTANCE, _FAMILY, _RISK, _MOVE, _STATUS, _CARER, _TWICE = 6, 3, 17, 29, 23, 11, 151
_FIRST_TWICE = 20
# The groups as they are drawn; those kept in confidence are rare.
_DRAWN = {
    "csc_orphan_both": 10,
    "csc_abandoned": 3,
    "csc_no_support": 14,
    "csc_disability": 30,
    "csc_hiv": 3,
    "csc_law_violation": 2,
    "csc_drug_addiction": 1,
    "csc_dropout_working": 8,
    "csc_violence": 2,
    "csc_exploited": 1,
    "csc_sexual_abuse": 2,
    "csc_trafficked": 1,
    "csc_serious_illness": 16,
    "csc_migrant_refugee": 2,
    "severe_disability": 3,
    "toxic_chemical_victim": 2,
}
_HELPS = (
    ((2, 8), "gift", "prevention", "tet", 300_000),
    ((6, 1), "gift", "prevention", "june_1", 200_000),
    ((9, 5), "scholarship", "intervention", "school_year", 1_000_000),
    ((9, 20), "trip_or_camp", "prevention", "mid_autumn", 150_000),
    ((4, 10), "health_check", "intervention", None, None),
    ((11, 6), "monthly_allowance", "recovery", None, 405_000),
)
_YEARS = (2017, 2018)


class DemoFiles:
    """Makes the rows about children one after the other; a source of its own, so that the
    register itself comes out as it always did.
    """  # noqa: D205  one sentence

    def __init__(
        self, slug: str, communes: Sequence[int], names: GeneratedNames, *, seed: int
    ) -> None:
        """Nothing is drawn yet."""
        self._random = random.Random(f"{seed} {slug} files")  # noqa: S311  not a secret
        self._communes = communes
        self._names = names
        self._number = 0

    def of_household(self, household: Household) -> Iterator[PovertyYear]:
        """How it was classified the year before, and how this year."""
        if household.poverty_status in {"poor", "near_poor"} or self._number == 0:
            before = self._random.choice(("poor", "near_poor", household.poverty_status))
            for year, status in zip(_YEARS, (before, household.poverty_status), strict=True):
                yield PovertyYear(
                    id=self._id(),
                    household_id=household.id,
                    commune_id=household.commune_id,
                    year=year,
                    poverty_status=status,
                    **_entered(date(year, 12, 1)),
                )

    def copies(self, children: Sequence[Child]) -> None:
        """Turn a few children into second records of the one before, written differently."""
        for at in range(1, len(children)):
            number = self._number + at
            if number == _FIRST_TWICE or number % _TWICE == 0:
                first, second = children[at - 1], children[at]
                family, *rest = (first.full_name or "").split()
                second.full_name = " ".join([*rest, family])
                second.name_sort = vi_sort_key(second.full_name)
                for name in ("commune_id", "household_id", "sex", "date_of_birth", "ethnicity"):
                    setattr(second, name, getattr(first, name))
                second.schooling = first.schooling
                second.registered_on = max(first.registered_on, second.registered_on)

    def of_child(self, child: Child) -> Iterator[Any]:
        """Everything about one child that is stored beside it."""
        number, self._number = self._number, self._number + 1
        about = {"child_id": child.id, "commune_id": child.commune_id}
        if number % _FAMILY == 0:
            yield from self._parents(about)
        if number % _CARER == 0:
            yield self._carer(about)
        if number % _RISK == 0:
            yield self._risk(about)
        if number % _MOVE == 0:
            yield from self._move(about)
        if child.schooling == "dropped_out" or number == 0:
            yield self._schooling(child, about)
        if number % _STATUS == 0:
            yield self._status(child, about)
        circumstances = self._circumstances(child, about) if number % _CIRCUMSTANCE == 0 else []
        often = 0.85 if circumstances else 0.15
        helps = [
            given
            for year in _YEARS
            if child.registered_on.year <= year
            for given in self._helps(about, year, often)
        ]
        yield from circumstances
        yield from helps
        yield from self._head_counts(child, about, circumstances, helps)

    def _circumstances(self, child: Child, about: dict[str, Any]) -> list[SpecialCircumstance]:
        draw = self._random
        since = max(child.registered_on, date(2017, 1, 1)) + timedelta(days=draw.randrange(300))
        chosen = draw.choices(list(_DRAWN), list(_DRAWN.values()))[0]
        ends = draw.random() < 0.1  # noqa: PLR2004  a plausible share
        subs = [sub.code for sub in SUB_GROUPS if sub.group == chosen]
        return [
            SpecialCircumstance(
                id=self._id(),
                **about,
                group_scheme=GROUPS[chosen].scheme,
                group_code=chosen,
                sub_group_code=draw.choice(subs) if subs else None,
                from_date=since,
                to_date=since + timedelta(days=200) if ends else None,
                confidential_key=confidential_key_of(chosen),
                sex=child.sex,
                **_entered(since),
            )
        ]

    def _helps(self, about: dict[str, Any], year: int, often: float) -> Iterator[SupportDelivery]:
        draw = self._random
        if draw.random() < often:
            (month, day), kind, level, occasion, amount = draw.choice(_HELPS)
            on = date(year, month, day)
            yield SupportDelivery(
                id=self._id(),
                **about,
                delivered_on=on,
                support_type=kind,
                protection_level=level,
                provider="Quỹ Bảo trợ trẻ em (dữ liệu minh họa)",
                amount_vnd=amount,
                occasion=occasion,
                **_entered(on),
            )

    def _head_counts(
        self,
        child: Child,
        about: dict[str, Any],
        circumstances: Sequence[SpecialCircumstance],
        helps: Sequence[SupportDelivery],
    ) -> Iterator[CircumstanceSpell | SupportedChild]:
        by_law = [
            (each.from_date, each.to_date)
            for each in circumstances
            if each.group_scheme == "LAW2016"
        ]
        spells = spells_of(by_law, since=child.registered_on, until=child.child_until)
        counted = about | {"sex": child.sex}
        for spell in spells:
            yield CircumstanceSpell(
                id=self._id(), **counted, from_day=spell.from_day, until_day=spell.until_day
            )
        for day in first_supports(spells, [each.delivered_on for each in helps]):
            yield SupportedChild(id=self._id(), **counted, first_on=day)

    def _parents(self, about: dict[str, Any]) -> Iterator[ParentRecord]:
        for kind, sex in (("mother", "female"), ("father", "male")):
            life = self._random.choices(("alive", "dead", "missing"), (90, 8, 2))[0]
            away = self._random.choices(("present", "works_away", "imprisoned"), (75, 23, 2))[0]
            name = self._names.adult(sex, "kinh")  # type: ignore[arg-type]  # two sexes
            yield ParentRecord(
                id=self._id(),
                **about,
                kind=kind,
                full_name=name,
                name_fold=fold(name),
                life_status=life,
                availability=away if life == "alive" else None,
                as_of=date(2018, 3, 1),
                **_entered(date(2018, 3, 1)),
            )

    def _carer(self, about: dict[str, Any]) -> Caregiver:
        return Caregiver(
            id=self._id(),
            **about,
            full_name=self._names.adult("female", "kinh"),
            relation=self._random.choice(("grandparent", "other_relative", "sibling")),
            is_primary=True,
            from_date=date(2017, 6, 1),
            **_entered(date(2017, 6, 1)),
        )

    def _risk(self, about: dict[str, Any]) -> AtRisk:
        on = date(2018, 1, 5) + timedelta(days=self._random.randrange(300))
        return AtRisk(
            id=self._id(),
            **about,
            risk_type=self._random.choice(("dropout", "injury", "labour", "abandonment")),
            identified_on=on,
            level=self._random.choice(("high", "medium", "low")),
            **_entered(on),
        )

    def _move(self, about: dict[str, Any]) -> Iterator[ChildMove]:
        elsewhere = [place for place in self._communes if place != about["commune_id"]]
        if elsewhere:
            on = date(2018, 2, 1) + timedelta(days=self._random.randrange(200))
            yield ChildMove(
                id=self._id(),
                **about,
                from_commune_id=self._random.choice(elsewhere),
                to_commune_id=about["commune_id"],
                moved_on=on,
                reason="family_moves",
                **_entered(on),
            )

    def _schooling(self, child: Child, about: dict[str, Any]) -> SchoolingChange:
        left = child.schooling == "dropped_out"
        reason = self._random.choice(("poverty", "works", "moves_with_family", "weak_results"))
        return SchoolingChange(
            id=self._id(),
            **about,
            changed_on=date(2018, 9, 5),
            schooling=child.schooling,
            grade=self._random.randint(6, 9) if left else None,
            dropout_reason=reason if left else None,
            is_working=self._random.random() < 0.5 if left else None,  # noqa: PLR2004  a plausible share
            **_entered(date(2018, 9, 5)),
        )

    def _status(self, child: Child, about: dict[str, Any]) -> StatusChange:
        """Moved out in the autumn of 2018, and counted until then."""
        child.status, child.left_on = "moved_out", max(child.registered_on, date(2018, 10, 1))
        return StatusChange(
            id=self._id(),
            **about,
            changed_on=child.left_on,
            status="moved_out",
            destination="Tỉnh khác (dữ liệu minh họa)",
            **_entered(child.left_on),
        )

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)


def _entered(on: date) -> dict[str, Any]:
    return {"generated": True, "created_at": datetime.combine(on, time(5, 0, tzinfo=UTC))}

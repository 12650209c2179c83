"""What partners and the public may read: counts of a year, protected together and stored once.

A count that is there is never published again, in this form or another: a correction shows in the
province's report and at the ministry. Every figure for the outside is derived from these counts,
so that a rate comes from rounded numbers and is hidden where one of them is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, public
from core.indicators.derive import derive
from core.indicators.disclosure.grid import Place, cells_of
from core.indicators.disclosure.rules import Audience, Level, Treatment, treatment
from core.indicators.disclosure.tables import protect
from core.indicators.door import declared_keys
from core.kit.clock import local_date
from core.kit.errors import RefusedError
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure, FigureState
from core.tenancy.models import TenantOwned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.indicators.derive import ByUnit, Part
    from core.indicators.disclosure.grid import Atom
    from core.indicators.door import FigureDoor
    from core.plugin_api.figures import Breakdown, Indicator, Measure, UnitLevel
    from core.tenancy.session import TenantSession


class PublishedCount(TenantOwned, Base):
    """One count as the outside may read it; no value: hidden. The database takes no other."""

    __tablename__ = "published_count"
    __table_args__ = (
        CheckConstraint("value >= 0 AND value % 5 = 0", name="rounded"),
        CheckConstraint("breakdown IN ('', 'sex', 'age_band', 'detail')", name="breakdown"),
        UniqueConstraint(
            *("tenant_id", "measure", "period_code", "area_id", "breakdown", "part"),
            name="uq_published_count_place",
            postgresql_nulls_not_distinct=True,
        ),
        {"schema": CORE_SCHEMA},
    )

    measure: Mapped[str] = mapped_column(info=internal("which measure was counted"))
    period_code: Mapped[str] = mapped_column(info=internal("the period of the grid"))
    area_id: Mapped[int | None] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), info=internal("the commune; empty: the province")
    )
    breakdown: Mapped[str] = mapped_column(info=internal("by what it is parted; empty: whole"))
    part: Mapped[str] = mapped_column(info=internal("which part"))
    value: Mapped[int | None] = mapped_column(info=public("rounded; empty: hidden"))
    published_at: Mapped[datetime] = mapped_column(info=public("from when it stands"))


def publish(
    session: TenantSession,
    door: FigureDoor,
    measure: Measure,
    year: int,
    *,
    communes: Iterable[int],
    now: datetime,
) -> int:
    """Protect a measure's counts of a year and store them for the outside; how many cells.

    ``communes`` are those of the province in that year; a restricted measure goes without. Nothing
    is stored for a programme that was off all year, nor a second time.

    Raises:
        RefusedError: the year is not over, counts wait, or the reader is not the whole province.
    """
    whole_year = Period(year, "year", 1)
    _require_ready(session, door, measure, whole_year, now)
    if published(session, measure.code, whole_year) or not door.is_on(measure, whole_year.window):
        return 0
    below = treatment(measure.sensitivity, Level.BELOW, Audience.OUTSIDE)
    counts = door.atoms(measure, year, crossed=True)
    places = {*communes, *(atom[0] for atom in counts)} if below is Treatment.PROTECTED else set()
    cells = cells_of(
        year,
        measure.kind,
        counts,
        communes=sorted(places),
        breakdowns=_parts(measure, counts),
    )
    rule = door.rule(door.catalogue.owner_of[measure.code], measure.sensitivity)
    shown = protect(cells, counts, rule)
    session.add_all(
        PublishedCount(
            measure=measure.code,
            period_code=place.period.code,
            area_id=place.commune,
            breakdown=place.breakdown,
            part=place.part,
            value=value,
            published_at=now,
        )
        for place, value in shown.items()
        if isinstance(place, Place)
    )
    session.flush()
    return len(shown)


def published(session: TenantSession, measure: str, period: Period) -> Mapping[Place, int | None]:
    """The counts of a measure in one period, by their places; empty if nothing was published."""
    rows = session.scalars(
        select(PublishedCount).where(
            PublishedCount.tenant_id == session.tenant_id,
            PublishedCount.measure == measure,
            PublishedCount.period_code == period.code,
        )
    )
    return {Place(period, row.area_id, row.breakdown, row.part): row.value for row in rows}


def outside_figure(
    session: TenantSession, indicators: Mapping[str, Indicator], code: str, place: Place
) -> Figure:
    """An indicator as partners and the public may read it, from what was published alone."""
    return derive(code, indicators[code].formula, _Outside(session, indicators, place))


@dataclass(frozen=True, slots=True)
class _Outside:
    """What was published of one place; of how many units it was true is not."""

    session: TenantSession
    indicators: Mapping[str, Indicator]
    place: Place

    def of(self, measure: str) -> Part:
        counts = published(self.session, measure, self.place.period)
        if not counts:
            return FigureState.NOT_REPORTED
        value = counts.get(self.place)
        return FigureState.SUPPRESSED if value is None else value

    def by_unit(self, measure: str, level: UnitLevel) -> ByUnit:
        del measure, level
        return FigureState.SUPPRESSED

    def within(self, level: UnitLevel, larger: UnitLevel) -> ByUnit:
        del level, larger
        return FigureState.SUPPRESSED

    def figure(self, indicator: str, *, last_year: bool) -> Figure:
        period = self.place.period
        then = period.same_period_last_year if last_year else period
        place = replace(self.place, period=then)
        return outside_figure(self.session, self.indicators, indicator, place)


def _parts(measure: Measure, counts: Mapping[Atom, int]) -> dict[str, tuple[str, ...]]:
    """The parts of each breakdown that the measure has, those that were not declared included."""
    has: dict[Breakdown, tuple[str | None, int]] = {
        "sex": (measure.sex, 2),
        "age_band": (measure.age, 3),
        "detail": (measure.detail, 4),
    }
    found: dict[str, tuple[str, ...]] = {}
    for breakdown, (column, at) in has.items():
        if column is not None:
            declared = declared_keys(measure, breakdown)
            others = sorted({str(atom[at]) for atom in counts} - set(declared))
            found[breakdown] = (*declared, *others)
    return found


def _require_ready(
    session: TenantSession, door: FigureDoor, measure: Measure, year: Period, now: datetime
) -> None:
    if session.reach.communes is not None:
        raise RefusedError(_PART_ONLY)
    if local_date(now) <= year.window.end:
        raise RefusedError(_TOO_EARLY)
    if not door.is_fresh((measure.code,)):
        raise RefusedError(_STALE)


_PART_ONLY = Text(
    vi="Chỉ người phụ trách toàn tỉnh mới công bố được số liệu của tỉnh.",
    en="Only someone in charge of the whole province can publish its figures.",
)
_TOO_EARLY = Text(
    vi="Năm chưa kết thúc nên chưa thể công bố số liệu của năm.",
    en="The year is not over yet, so its figures cannot be published.",
)
_STALE = Text(
    vi="Số liệu đang được tổng hợp lại sau những thay đổi gần đây. Hãy thử lại sau ít phút.",
    en="Figures are being counted again after recent changes. Try again in a few minutes.",
)

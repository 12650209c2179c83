"""Each unit beside its minimum, kept in step with the lines; and what follows for a record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from core.areas.models import COMMUNE, DISTRICT
from core.areas.repository import communes_of, districts_of
from core.kit.language import Text
from core.kit.numbers import format_number
from core.money.models import BudgetLine, BudgetStanding, FundingSource
from core.organisation.service import of_unit
from core.profiles.models import BudgetMinimum
from core.profiles.repository import profile_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.tenancy.session import TenantSession


def of_line(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The unit of a line, the kind of its source, and the day it counts from."""
    statement = select(FundingSource.source_type).where(
        FundingSource.tenant_id == session.tenant_id, FundingSource.id == answers["source_id"]
    )
    return {
        **of_unit(session, answers),
        "source_type": session.scalars(statement).one(),
        "counts_on": date(answers["year"], 1, 1),
    }


def of_expenditure(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the line lies that was spent of, and the kind of its source."""
    statement = select(BudgetLine.commune_id, BudgetLine.source_type).where(
        BudgetLine.tenant_id == session.tenant_id, BudgetLine.id == answers["line_id"]
    )
    commune_id, source_type = session.execute(statement).one()
    return {"commune_id": commune_id, "source_type": source_type}


def minimums(session: TenantSession, year: int) -> dict[str, int]:
    """The least that each unit of a level sets aside in a year, in đồng; none is no fault."""
    profile = profile_on(session, date(year, 12, 31))
    if profile is None:
        return {}
    statement = select(BudgetMinimum.level, BudgetMinimum.amount_vnd).where(
        BudgetMinimum.tenant_id == session.tenant_id,
        BudgetMinimum.profile_id == profile.id,
        BudgetMinimum.ended_on.is_(None),
    )
    return {row.level: row.amount_vnd for row in session.execute(statement)}


def year_opened(session: TenantSession, year: int) -> None:
    """Put every unit that has a minimum beside it, also those that have set nothing aside."""
    least = minimums(session, year)
    known = set(
        session.scalars(
            select(BudgetStanding.unit_id).where(
                BudgetStanding.tenant_id == session.tenant_id, BudgetStanding.year == year
            )
        )
    )
    sums = session.execute(
        select(BudgetLine.unit_id, func.sum(BudgetLine.amount_vnd))
        .where(BudgetLine.tenant_id == session.tenant_id, BudgetLine.year == year)
        .group_by(BudgetLine.unit_id)
    )
    allocated = {unit: int(total) for unit, total in sums}
    made = []
    for level, unit, seat in _units(session, year):
        if level in least and unit not in known:
            there = allocated.get(unit, 0)
            standing = BudgetStanding(
                level=level,
                unit_id=unit,
                commune_id=seat,
                year=year,
                from_day=date(year, 1, 1),
                until_day=date(year + 1, 1, 1),
                minimum_vnd=least[level],
                allocated_vnd=there,
                meets=there >= least[level],
            )
            made.append(standing)
    session.add_all(made)
    session.flush()


def line_saved(session: TenantSession, line: BudgetLine) -> None:
    """The line's unit as it stands with it."""
    standing = standing_of(session, line)
    if standing is not None:
        standing.allocated_vnd = _allocated(session, line.unit_id, line.year)
        standing.meets = standing.allocated_vnd >= standing.minimum_vnd
        session.flush()


def standing_of(session: TenantSession, line: BudgetLine) -> BudgetStanding | None:
    """The line's unit beside its minimum, locked; ``None`` where no minimum is set."""
    statement = (
        select(BudgetStanding)
        .where(
            BudgetStanding.tenant_id == session.tenant_id,
            BudgetStanding.unit_id == line.unit_id,
            BudgetStanding.year == line.year,
        )
        .with_for_update()
    )
    return session.scalars(statement).one_or_none()


def below_minimum(session: TenantSession, line: BudgetLine) -> Text | None:
    """What to warn of beside a line: its unit's whole year is below the minimum."""
    statement = select(BudgetStanding.minimum_vnd, BudgetStanding.allocated_vnd).where(
        BudgetStanding.tenant_id == session.tenant_id,
        BudgetStanding.unit_id == line.unit_id,
        BudgetStanding.year == line.year,
        BudgetStanding.meets.is_(False),
    )
    found = session.execute(statement).first()
    if found is None:
        return None
    least, there = found
    return Text(
        vi=f"Năm {line.year} đơn vị mới bố trí {format_number(there)} đồng, thấp hơn mức tối "
        f"thiểu {format_number(least)} đồng.",
        en=f"For {line.year} the unit has set aside {format_number(there, language='en')} VND, "
        f"less than the minimum of {format_number(least, language='en')} VND.",
    )


def standings(session: TenantSession, year: int) -> list[BudgetStanding]:
    """The units within reach beside their minimum, those with too little first."""
    statement = (
        select(BudgetStanding)
        .where(BudgetStanding.tenant_id == session.tenant_id, BudgetStanding.year == year)
        .order_by(BudgetStanding.meets, BudgetStanding.level.desc(), BudgetStanding.unit_id)
    )
    return list(session.scalars(statement))


def _allocated(session: TenantSession, unit: int, year: int) -> int:
    statement = select(func.coalesce(func.sum(BudgetLine.amount_vnd), 0)).where(
        BudgetLine.tenant_id == session.tenant_id,
        BudgetLine.unit_id == unit,
        BudgetLine.year == year,
    )
    return int(session.scalar(statement) or 0)


def _units(session: TenantSession, year: int) -> Iterator[tuple[str, int, int]]:
    """Level, unit and a commune of it, of every district and commune at the end of a year."""
    day = date(year, 12, 31)
    profile = profile_on(session, day)
    if profile is None or profile.area_id is None:
        return
    for commune in communes_of(session, profile.area_id, day):
        yield COMMUNE, commune.id, commune.id
    for district in districts_of(session, profile.area_id, day):
        inside = communes_of(session, district.id, day)
        if inside:
            yield DISTRICT, district.id, inside[0].id

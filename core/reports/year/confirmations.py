"""Who stands by the figures of a period: communes and districts confirm, the missing are listed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.areas.models import DISTRICT
from core.areas.repository import communes_of, districts_of
from core.audit.service import Action, record
from core.identity.roles import BY_CODE
from core.kit.clock import local_date
from core.kit.errors import ConflictError, MalformedError, NotFoundError, RefusedError
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.profiles.repository import province_of
from core.reports.errors import LockedError, NotReadyError
from core.reports.service import find_report
from core.reports.year.calendar import duty_for
from core.reports.year.models import ReportConfirmation, ReportException, ReportUnit
from core.reports.year.service import day_of_units
from core.reports.year.states import CONFIRM, RELEASE, WRITABLE
from core.reports.year.words import tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from core.areas.repository import AreaView
    from core.identity.principal import Principal
    from core.reports.models import Report
    from core.tenancy.session import TenantSession

_NAMED: Final = 5


class UnitState(StrEnum):
    """How a unit stands with its figures of a period."""

    CONFIRMED = "confirmed"
    EXCEPTED = "excepted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One commune or district, and what is known of its figures."""

    area: AreaView
    state: UnitState
    confirmation: ReportConfirmation | None = None
    exception: ReportException | None = None


class NotConfirmedError(NotReadyError):
    """Units have neither confirmed nor been let off; names some of them and says who can help."""

    code = "reports.not_confirmed"

    def __init__(self, missing: Sequence[UnitStanding]) -> None:
        """Say how many and which, the first few by name."""
        names = ", ".join(each.area.name for each in missing[:_NAMED])
        names += ", …" if len(missing) > _NAMED else ""
        super().__init__(
            Text(
                vi=f"Còn {len(missing)} đơn vị chưa xác nhận số liệu của kỳ: {names}. "
                "Lãnh đạo các đơn vị này xác nhận, hoặc lãnh đạo cấp tỉnh cho phép báo cáo khi "
                "thiếu đơn vị, có lý do và thời hạn.",
                en=f"{len(missing)} units have not confirmed their figures: {names}. "
                "Their leaders confirm, or the province's leader grants an exception with its "
                "reason and its end.",
            )
        )


def units_on(session: TenantSession, day: date) -> tuple[AreaView, ...]:
    """The units that answer for figures on a day: each district, then its communes.

    From 1 July 2025 there are no districts, and the communes stand alone.
    """
    province = province_of(session, day)
    if province is None:
        return ()
    districts = districts_of(session, province, day)
    communes = communes_of(session, province, day)
    below: dict[int | None, list[AreaView]] = {}
    for commune in communes:
        below.setdefault(commune.parent_id, []).append(commune)
    known = {district.id for district in districts}
    alone = [commune for commune in communes if commune.parent_id not in known]
    nested = [unit for district in districts for unit in (district, *below.get(district.id, ()))]
    return (*nested, *alone)


def roll_up(
    session: TenantSession, kind: str, period: Period, *, cut_off: date, today: date
) -> tuple[UnitStanding, ...]:
    """Every unit with its standing: confirmed, let off until a day, or missing."""
    confirmed = _confirmations(session, kind, period)
    excepted = {
        exception.area_id: exception
        for exception in exceptions_of(session, kind, period)
        if exception.ends_on >= today
    }
    return tuple(
        _standing(unit, confirmed.get(unit.id), excepted.get(unit.id) or excepted.get(None))
        for unit in units_on(session, cut_off)
    )


def missing_in(units: Sequence[UnitStanding]) -> tuple[UnitStanding, ...]:
    """Those that have neither confirmed nor been let off."""
    return tuple(unit for unit in units if unit.state is UnitState.MISSING)


def confirmable(session: TenantSession, principal: Principal, day: date) -> tuple[AreaView, ...]:
    """The units that this person answers for: of the level of a role, and wholly within reach."""
    if not principal.may(CONFIRM):
        return ()
    return tuple(unit for unit in units_on(session, day) if _answers_for(session, principal, unit))


def confirm(
    session: TenantSession,
    kind: str,
    period: Period,
    area_id: int,
    *,
    principal: Principal,
    now: datetime,
) -> None:
    """A unit stands by its figures of a period; again after a change, the last time counts.

    Raises:
        RefusedError: the principal does not answer for the unit.
        NotReadyError: the period has not begun, or nobody asked for such a report.
        LockedError: the province's report was submitted or approved.
        NotFoundError: there is no such unit in the period.
    """
    principal.require(CONFIRM)
    report = find_report(session, period, kind=kind)
    if report is not None and (report.is_frozen or report.state not in WRITABLE):
        raise LockedError(report.state)
    cut_off = _cut_off(session, report, kind, period)
    if local_date(now) < period.window.start:
        raise NotReadyError(_not_begun(period))
    unit = next((each for each in units_on(session, cut_off) if each.id == area_id), None)
    if unit is None:
        raise NotFoundError
    if not _answers_for(session, principal, unit):
        raise RefusedError(_NOT_OWN)
    _stand_by(session, kind, period, area_id, principal=principal, now=now)


def confirm_all(
    session: TenantSession,
    report: Report,
    *,
    principal: Principal,
    when: Callable[[AreaView], datetime],
) -> int:
    """Confirm for every unit of the province, as the demonstration does; how many there are.

    ``when`` says at which moment a unit did.

    Raises:
        RefusedError: anybody but the program itself asks.
    """
    principal.require(CONFIRM)
    period, units = Period.parse(report.period_code), units_on(session, report.cut_off)
    if principal.roles:
        raise RefusedError(_NOT_OWN)
    for unit in units:
        _stand_by(session, report.kind, period, unit.id, principal=principal, now=when(unit))
    return len(units)


def _stand_by(
    session: TenantSession,
    kind: str,
    period: Period,
    area_id: int,
    *,
    principal: Principal,
    now: datetime,
) -> None:
    values = {
        "confirmed_at": now,
        "confirmed_by": principal.account_id,
        "role": next(iter(principal.roles), None),
    }
    statement = insert(ReportConfirmation).values(
        tenant_id=session.tenant_id,
        id=new_id(),
        kind=kind,
        period_code=period.code,
        area_id=area_id,
        first_at=now,
        **values,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "kind", "period_code", "area_id"], set_=values
        )
    )
    record(session, principal, Action.APPROVE, subject_kind="core.report_confirmation")


def grant_exception(
    session: TenantSession,
    kind: str,
    period: Period,
    *,
    area_id: int | None,
    name: str,
    ends_on: date | None,
    principal: Principal,
    now: datetime,
) -> ReportException:
    """Let the report go on without a unit, or without all that are missing, until a day.

    Raises:
        RefusedError: only who approves may.
        MalformedError: it has no name, or no end from today on.
        NotFoundError: there is no such unit in the period.
    """
    principal.require(RELEASE)
    called = tidied(name)
    if not called:
        raise MalformedError(_NO_NAME)
    if ends_on is None or ends_on < local_date(now):
        raise MalformedError(_NO_END)
    day = day_of_units(session, kind, period)
    if area_id is not None and area_id not in {unit.id for unit in units_on(session, day)}:
        raise NotFoundError
    made = ReportException(
        kind=kind,
        period_code=period.code,
        area_id=area_id,
        name=called,
        ends_on=ends_on,
        granted_at=now,
        granted_by=principal.account_id,
    )
    session.add(made)
    session.flush()
    record(
        session,
        principal,
        Action.GRANT,
        subject_kind="core.report_exception",
        subject_id=made.id,
        reason=called,
    )
    return made


def exceptions_of(session: TenantSession, kind: str, period: Period) -> Sequence[ReportException]:
    """The exceptions of a period, also those that have ended, the latest last."""
    return session.scalars(
        select(ReportException)
        .where(
            ReportException.tenant_id == session.tenant_id,
            ReportException.kind == kind,
            ReportException.period_code == period.code,
        )
        .order_by(ReportException.granted_at, ReportException.id)
    ).all()


def freeze_units(report: Report, units: Sequence[UnitStanding]) -> Iterator[ReportUnit]:
    """The units as they contribute to an approved report.

    Raises:
        NotConfirmedError: some are missing.
    """
    if missing := missing_in(units):
        raise NotConfirmedError(missing)
    for unit in units:
        confirmed = unit.confirmation if unit.state is UnitState.CONFIRMED else None
        excepted = unit.exception if unit.state is UnitState.EXCEPTED else None
        yield ReportUnit(
            report_id=report.id,
            area_id=unit.area.id,
            standing=unit.state.value,
            confirmed_at=None if confirmed is None else confirmed.confirmed_at,
            exception=None if excepted is None else excepted.name,
        )


def _cut_off(session: TenantSession, report: Report | None, kind: str, period: Period) -> date:
    if report is not None:
        return report.cut_off
    duty = duty_for(session, kind, period)
    if duty is None:
        raise ConflictError(_NOT_ASKED)
    return duty.proposed_cut_off


def _standing(
    unit: AreaView, confirmation: ReportConfirmation | None, exception: ReportException | None
) -> UnitStanding:
    if confirmation is not None:
        return UnitStanding(unit, UnitState.CONFIRMED, confirmation)
    if exception is not None:
        return UnitStanding(unit, UnitState.EXCEPTED, exception=exception)
    return UnitStanding(unit, UnitState.MISSING)


def _answers_for(session: TenantSession, principal: Principal, unit: AreaView) -> bool:
    reached = session.reach.communes
    if reached is None:  # no person of a unit: the program itself, which has no role
        return not principal.roles
    levels = {BY_CODE[role].level for role in principal.roles if role in BY_CODE}
    if unit.level not in levels:
        return False
    if unit.level == DISTRICT:
        day = unit.valid_to or unit.valid_from
        inside = {each.id for each in communes_of(session, unit.id, day)} if day else set()
        return bool(inside) and inside <= reached
    return unit.id in reached


def _confirmations(
    session: TenantSession, kind: str, period: Period
) -> Mapping[int, ReportConfirmation]:
    rows = session.scalars(
        select(ReportConfirmation).where(
            ReportConfirmation.tenant_id == session.tenant_id,
            ReportConfirmation.kind == kind,
            ReportConfirmation.period_code == period.code,
        )
    )
    return {row.area_id: row for row in rows}


def _not_begun(period: Period) -> Text:
    start = period.window.start
    return Text(
        vi=f"Kỳ báo cáo bắt đầu từ ngày {format_date(start)}, nên chưa có số liệu để xác nhận. "
        "Chuyên viên cấp tỉnh theo dõi lịch báo cáo có thể giải đáp.",
        en=f"The period begins on {format_date(start, 'en')}, so there is nothing to confirm yet. "
        "The province's officer who keeps the calendar can help.",
    )


_NOT_OWN = Text(
    vi="Bạn không phụ trách đơn vị này. Lãnh đạo của đơn vị, hoặc cán bộ huyện đối với huyện, "
    "xác nhận số liệu.",
    en="You do not answer for this unit. Its leader, or the district's officer, confirms.",
)
_NOT_ASKED = Text(
    vi="Lịch báo cáo của tỉnh không có kỳ này và chưa ai mở báo cáo. Chuyên viên cấp tỉnh mở báo "
    "cáo thì đơn vị mới xác nhận được.",
    en="The province's calendar has no such report and nobody has opened one. "
    "Once an officer of the province opens it, units can confirm.",
)
_NO_NAME = Text(
    vi="Hãy ghi tên và lý do của ngoại lệ: báo cáo sẽ nêu vì sao thiếu đơn vị.",
    en="Name the exception and give its reason: the report says why a unit is missing.",
)
_NO_END = Text(
    vi="Hãy ghi ngày hết hiệu lực của ngoại lệ, từ hôm nay trở đi (ngày/tháng/năm).",
    en="Give the day on which the exception ends, from today on (day/month/year).",
)

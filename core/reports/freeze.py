"""Releases a report: figures are frozen as stated, and what may leave the province leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit.service import Action, record
from core.indicators.count import hold_cells
from core.kit.clock import local_date
from core.kit.errors import NotFoundError, RefusedError
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import Count, Indicator, Sum, measures_in
from core.registry.catalogue import CORE
from core.reports.build import compose, live_context, make_door, window_of
from core.reports.errors import NotReadyError, ReportReleasedError
from core.reports.leaving_parts import leaving_parts
from core.reports.models import RELEASED, Report, ReportFigure
from core.reports.released import ReleasedFigure
from core.reports.section_context import PLANNED, per_of
from core.reports.service import RELEASE, lock_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from core.identity.principal import Principal
    from core.indicators.door import FigureDoor
    from core.kit.periods import PeriodKind, Window
    from core.plugin_api.figures import Breakdown
    from core.reports.build import ReportSource
    from core.reports.section_context import Question
    from core.tenancy.session import TenantSession

# An indicator of a shorter rhythm is due in every longer period as well.
_DUE: Mapping[PeriodKind, frozenset[str]] = {
    "month": frozenset("Q"),
    "quarter": frozenset("Q"),
    "half_year": frozenset("QH"),
    "year": frozenset("QHY"),
}


def release(
    session: TenantSession,
    report: Report,
    source: ReportSource,
    *,
    principal: Principal,
    now: datetime,
) -> None:
    """Freeze the report's figures and release its indicators to the ministry, in one transaction.

    Raises:
        RefusedError: the principal may not release, or does not see the whole province.
        ReportReleasedError: it was released before.
        NotReadyError: its cut-off is still to come, or figures wait to be counted.
    """
    principal.require(RELEASE)
    if principal.tenant_id != session.tenant_id:
        raise NotFoundError
    if session.reach.communes is not None:
        raise RefusedError(_PART_ONLY)
    hold_cells(session)
    report = lock_report(session, report)
    door = make_door(session, source)
    _require_ready(report, door, now)
    context = live_context(report, source, door)
    compose(session, report, source, door, context)
    _freeze(session, report, door, context.answers)
    session.add_all(_leaving(session, report, door, now))
    report.state = RELEASED
    report.released_at = now
    report.released_by = principal.account_id
    session.flush()
    record(session, principal, Action.RELEASE, subject_kind="core.report", subject_id=report.id)


def due_in(indicator: Indicator, period: Period) -> bool:
    """Whether an indicator belongs to reports on such a period."""
    return bool(_DUE[period.kind] & set(indicator.frequency))


def _require_ready(report: Report, door: FigureDoor, now: datetime) -> None:
    if report.state == RELEASED:
        raise ReportReleasedError
    if report.cut_off >= local_date(now):
        raise NotReadyError(_TOO_EARLY)
    owners = door.enabled_in(window_of(report)) | {CORE}
    catalogue = door.catalogue
    if not door.is_fresh(code for code in catalogue.measures if catalogue.owner_of[code] in owners):
        raise NotReadyError(_STALE)


def _freeze(
    session: TenantSession, report: Report, door: FigureDoor, answers: Mapping[Question, Figure]
) -> None:
    indicators = door.catalogue.indicators
    for position, (question, figure) in enumerate(answers.items()):
        indicator = indicators.get(question.code) if question.asked != PLANNED else None
        session.add(
            ReportFigure(
                report_id=report.id,
                asked=question.asked,
                code=question.code,
                span=question.span,
                part=question.part,
                position=position,
                definition_version=None if indicator is None else indicator.version,
                **_numbers(figure, per_of(door, question.code)),
            )
        )


def _leaving(
    session: TenantSession, report: Report, door: FigureDoor, now: datetime
) -> Iterator[ReleasedFigure]:
    """Every due indicator of every installed programme, those that were not on included."""
    period, window = Period.parse(report.period_code), window_of(report)
    for indicator in door.catalogue.indicators.values():
        if not due_in(indicator, period):
            continue
        for breakdown, detail, figure in _parts(session, door, indicator, window):
            yield ReleasedFigure(
                tenant_id=session.tenant_id,
                report_id=report.id,
                kind=report.kind,
                period_code=report.period_code,
                indicator_code=indicator.code,
                breakdown=breakdown,
                detail=detail,
                definition_version=indicator.version,
                cut_off=report.cut_off,
                released_at=now,
                **_numbers(figure, per_of(door, indicator.code)),
            )


def _parts(
    session: TenantSession, door: FigureDoor, indicator: Indicator, window: Window
) -> Iterator[tuple[str, str, Figure]]:
    """The whole, then the parts of the declared breakdowns; only counts are parted."""
    whole = door.indicator(indicator.code, window)
    yield "", "", whole
    formula = indicator.formula
    if whole.state is not FigureState.NUMBER or not isinstance(formula, Count | Sum):
        return
    for breakdown in indicator.breakdowns:
        if _has(door, formula, breakdown):
            for key, figure in leaving_parts(session, door, indicator, breakdown, window):
                yield breakdown, key, figure


def _has(door: FigureDoor, formula: Count | Sum, breakdown: Breakdown) -> bool:
    measures = (door.catalogue.measures[code] for code in measures_in(formula))
    return all(
        {"sex": measure.sex, "age_band": measure.age, "detail": measure.detail}[breakdown]
        is not None
        for measure in measures
    )


def _numbers(figure: Figure, per: int | None) -> dict[str, str | int | None]:
    """The state and numbers of a figure as columns; no number without the state."""
    if figure.state is not FigureState.NUMBER:
        return {"state": figure.state.value}
    if figure.denominator is None:
        return {"state": figure.state.value, "value": figure.count}
    return {
        "state": figure.state.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "per": per,
    }


_PART_ONLY = Text(
    vi="Chỉ người phụ trách toàn tỉnh mới phát hành được báo cáo của tỉnh.",
    en="Only someone in charge of the whole province can release its report.",
)
_TOO_EARLY = Text(
    vi="Kỳ số liệu của báo cáo chưa kết thúc, nên chưa thể phát hành.",
    en="The days this report counts are not over yet, so it cannot be released.",
)
_STALE = Text(
    vi="Số liệu đang được tổng hợp lại sau những thay đổi gần đây. Hãy thử lại sau ít phút.",
    en="Figures are being counted again after recent changes. Try again in a few minutes.",
)

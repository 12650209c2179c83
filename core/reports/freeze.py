"""Freezes a report's figures as stated, and lets out what may leave the province."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.db.base import DataClass
from core.indicators.count import hold_cells
from core.indicators.kept import ids_behind
from core.indicators.protection import strictest
from core.kit.clock import local_date
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.plugin_api.documents import Figure, FigureState
from core.plugin_api.figures import Count, Indicator, Sum, measures_in
from core.registry.catalogue import CORE
from core.reports.build import compose, live_context, make_door, window_of
from core.reports.errors import NotReadyError
from core.reports.leaving_parts import LEAVES, leaving_parts
from core.reports.models import Report, ReportFigure
from core.reports.released import ReleasedFigure
from core.reports.section_context import PLANNED, per_of
from core.reports.year.models import ReportDefinition, ReportRecords
from core.reports.year.states import ReportState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from core.indicators.door import FigureDoor
    from core.kit.periods import PeriodKind, Window
    from core.plugin_api.figures import Breakdown
    from core.reports.document import ReportDocument
    from core.reports.section_context import Question
    from core.reports.source import ReportSource
    from core.tenancy.session import TenantSession

# An indicator of a shorter rhythm is due in every longer period as well.
_DUE: Mapping[PeriodKind, frozenset[str]] = {
    "month": frozenset("Q"),
    "quarter": frozenset("Q"),
    "half_year": frozenset("QH"),
    "year": frozenset("QHY"),
}


def freeze(session: TenantSession, report: Report, source: ReportSource, *, now: datetime) -> None:
    """Keep the report's figures as they are stated now, and those that will leave when it is sent.

    The report must be locked by the caller (``lock_report``).

    Raises:
        NotReadyError: its cut-off is still to come, figures wait to be counted, or a programme
            cannot write its section.
    """
    hold_cells(session)
    door = make_door(session, source)
    _require_ready(report, door, now)
    context = live_context(report, source, door)
    require_whole(compose(session, report, source, door, context))
    session.add_all(_stated(report, door, context.answers))
    session.add_all(_leaving(session, report, door, len(context.answers)))
    session.add_all(_definitions(report, door, context.answers))
    session.add_all(_records(session, report, door, context.answers))
    report.state, report.frozen_at = ReportState.APPROVED.value, now
    session.flush()


def require_whole(document: ReportDocument) -> None:
    """Nobody signs or sends a report that lacks a programme's section.

    Raises:
        NotReadyError: a section could not be written.
    """
    if document.left_out:
        vi = ", ".join(f"«{name.vi}»" for name in document.left_out)
        en = ", ".join(f"“{name.en}”" for name in document.left_out)
        raise NotReadyError(_INCOMPLETE.fill(vi=vi, en=en))


def let_leave(session: TenantSession, report: Report, *, now: datetime) -> None:
    """Give the ministry what was frozen for it, number by number."""
    rows = session.scalars(
        select(ReportFigure)
        .where(
            ReportFigure.tenant_id == session.tenant_id,
            ReportFigure.report_id == report.id,
            ReportFigure.asked.startswith(LEAVES),
        )
        .order_by(ReportFigure.position)
    )
    session.add_all(
        ReleasedFigure(
            tenant_id=session.tenant_id,
            report_id=report.id,
            kind=report.kind,
            period_code=report.period_code,
            indicator_code=row.code,
            breakdown=row.asked.removeprefix(LEAVES),
            detail=row.part,
            state=row.state,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            per=row.per,
            definition_version=row.definition_version,
            cut_off=report.cut_off,
            released_at=now,
        )
        for row in rows
    )
    session.flush()


def due_in(indicator: Indicator, period: Period) -> bool:
    """Whether an indicator belongs to reports on such a period."""
    return bool(_DUE[period.kind] & set(indicator.frequency))


def _require_ready(report: Report, door: FigureDoor, now: datetime) -> None:
    if report.cut_off >= local_date(now):
        raise NotReadyError(_too_early(report.cut_off))
    owners = door.enabled_in(window_of(report)) | {CORE}
    catalogue = door.catalogue
    if not door.is_fresh(code for code in catalogue.measures if catalogue.owner_of[code] in owners):
        raise NotReadyError(_STALE)


def _stated(
    report: Report, door: FigureDoor, answers: Mapping[Question, Figure]
) -> Iterator[ReportFigure]:
    """Every figure as a section asked for it."""
    indicators = door.catalogue.indicators
    for position, (question, figure) in enumerate(answers.items()):
        indicator = indicators.get(question.code) if question.asked != PLANNED else None
        yield ReportFigure(
            report_id=report.id,
            asked=question.asked,
            code=question.code,
            span=question.span,
            part=question.part,
            position=position,
            definition_version=None if indicator is None else indicator.version,
            **_numbers(figure, per_of(door, question.code)),
        )


def _leaving(
    session: TenantSession, report: Report, door: FigureDoor, after: int
) -> Iterator[ReportFigure]:
    """Every due indicator of every installed programme, those that were not on included."""
    period, window = Period.parse(report.period_code), window_of(report)
    parts = (
        (indicator, *part)
        for indicator in door.catalogue.indicators.values()
        if due_in(indicator, period)
        for part in _parts(session, door, indicator, window)
    )
    for position, (indicator, breakdown, detail, figure) in enumerate(parts, start=after):
        yield ReportFigure(
            report_id=report.id,
            asked=f"{LEAVES}{breakdown}",
            code=indicator.code,
            span="period",
            part=detail,
            position=position,
            definition_version=indicator.version,
            **_numbers(figure, per_of(door, indicator.code)),
        )


def _definitions(
    report: Report, door: FigureDoor, answers: Mapping[Question, Figure]
) -> Iterator[ReportDefinition]:
    """What each indicator meant that is stated or leaves."""
    period = Period.parse(report.period_code)
    stated = {question.code for question in answers if question.asked != PLANNED}
    for indicator in door.catalogue.indicators.values():
        if indicator.code in stated or due_in(indicator, period):
            yield ReportDefinition(
                report_id=report.id,
                code=indicator.code,
                version=indicator.version,
                name_vi=indicator.name.vi,
                name_en=indicator.name.en,
                meaning_vi=indicator.definition.vi,
                meaning_en=indicator.definition.en,
                formula="" if indicator.formula is None else repr(indicator.formula),
                source=indicator.source,
            )


def _records(
    session: TenantSession, report: Report, door: FigureDoor, answers: Mapping[Question, Figure]
) -> Iterator[ReportRecords]:
    """The ids behind each restricted figure that is stated, sealed."""
    catalogue, restricted = door.catalogue, set()
    for question, figure in answers.items():
        if question.asked == PLANNED or figure.state is not FigureState.NUMBER:
            continue
        indicator = catalogue.indicators.get(question.code)
        codes = (question.code,) if indicator is None else catalogue.measures_of(indicator)
        asked = DataClass.INTERNAL if indicator is None else indicator.sensitivity
        restricted |= {
            code
            for code in codes
            if strictest(asked, catalogue.measures[code].sensitivity) is DataClass.RESTRICTED
        }
    for code in sorted(restricted):
        ids = ids_behind(session, catalogue.measures[code], window_of(report))
        yield ReportRecords(
            report_id=report.id, measure=code, records=b"".join(each.bytes for each in ids)
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


def _too_early(cut_off: date) -> Text:
    first = cut_off + timedelta(days=1)
    return Text(
        vi=f"Báo cáo tính số liệu đến hết ngày {format_date(cut_off)}, nên từ ngày "
        f"{format_date(first)} lãnh đạo mới duyệt được. Nếu hạn nộp đến trước ngày đó, "
        "chuyên viên của tỉnh mở báo cáo với ngày chốt số liệu sớm hơn.",
        en=f"The report counts until {format_date(cut_off, 'en')}, so it can be approved from "
        f"{format_date(first, 'en')} on. If it is due before, an officer of the province opens it "
        "with an earlier cut-off.",
    )


_STALE = Text(
    vi="Số liệu đang được tổng hợp lại sau những thay đổi gần đây. Hãy thử lại sau ít phút.",
    en="Figures are being counted again after recent changes. Try again in a few minutes.",
)
_INCOMPLETE = Text(
    vi="Báo cáo đang thiếu phần của chương trình {vi} vì phần này tạm thời không dùng được, nên "
    "chưa duyệt, chưa kết xuất được. Hãy thử lại sau; nếu vẫn vậy, hãy báo người vận hành "
    "hệ thống.",
    en="The report lacks the part of {en}, which is out of service for the moment, so it can be "
    "neither approved nor given out as a document. Try again later; if that does not help, tell "
    "the operator.",
)

"""Puts a report together from the sections of the programmes that were on in its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.indicators.door import FigureDoor
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period, Window
from core.plugin_api.documents import Heading, Paragraph, Table
from core.registry.calls import PluginOutOfServiceError, call_plugin
from core.registry.catalogue import CORE, Catalogue
from core.registry.models import Call
from core.reports.document import (
    DocumentSection,
    ReportDocument,
)
from core.reports.idle_columns import without_idle_columns
from core.reports.models import Report, ReportFigure
from core.reports.section_context import FrozenContext, LiveContext
from core.reports.service import words_of
from core.reports.targets import Counted, target_section
from core.reports.work_sections import AFTER_PROGRAMMES

if TYPE_CHECKING:
    from core.plugin_api.documents import Block
    from core.plugin_api.values import ReportSection, SectionContext
    from core.reports.source import ReportSource
    from core.tenancy.session import TenantSession


def build_report(session: TenantSession, report: Report, source: ReportSource) -> ReportDocument:
    """The report as it stands: live figures of a draft, frozen ones of an approved report."""
    door = make_door(session, source)
    if report.is_frozen:
        return compose(session, report, source, door, frozen_context(session, report, source))
    return compose(session, report, source, door, live_context(report, source, door))


def window_of(report: Report) -> Window:
    """The days a report counts: from the start of its period to its cut-off."""
    return Window(Period.parse(report.period_code).window.start, report.cut_off)


def make_door(session: TenantSession, source: ReportSource) -> FigureDoor:
    """The door a report reads through."""
    return FigureDoor(session, source.catalogue, protection=source.protection)


def live_context(report: Report, source: ReportSource, door: FigureDoor) -> LiveContext:
    """Figures as they are now."""
    return LiveContext(
        door, window_of(report), has_districts=source.has_districts, planned=source.planned
    )


def frozen_context(session: TenantSession, report: Report, source: ReportSource) -> FrozenContext:
    """Figures as they were approved."""
    rows = session.scalars(
        select(ReportFigure)
        .where(ReportFigure.tenant_id == session.tenant_id, ReportFigure.report_id == report.id)
        .order_by(ReportFigure.position)
    )
    year = window_of(report).start.year
    return FrozenContext(rows, year=year, has_districts=source.has_districts)


def compose(
    session: TenantSession,
    report: Report,
    source: ReportSource,
    door: FigureDoor,
    context: SectionContext,
) -> ReportDocument:
    """The document from one context: core's sections, the targets, then programme by programme."""
    period = Period.parse(report.period_code)
    words = words_of(session, report)
    enabled = door.enabled_in(window_of(report))
    sections = [
        _written(session, section, context) for section in _sections(source.catalogue, enabled)
    ]
    targets = target_section(
        context, source, Counted(window_of(report), Period(period.year, "year", 1).window)
    )
    if targets is not None:
        sections.insert(_before_programmes(sections, source.catalogue), targets)
    return ReportDocument(
        letterhead=source.letterhead,
        subject=_subject(period),
        opening=_opening(report, period),
        sections=tuple(
            DocumentSection(
                s.code,
                s.title,
                tuple(map(without_idle_columns, s.blocks)),
                words.get(s.code),
                s.left_out,
            )
            for s in sections
        ),
        period_code=report.period_code,
        cut_off=report.cut_off,
        notice=source.notice,
    )


def _written(
    session: TenantSession, section: ReportSection, context: SectionContext
) -> DocumentSection:
    """A section as its programme writes it, or a note where it should stand."""
    try:
        blocks = call_plugin(session, Call.SECTION, section.code, _blocks, section, context)
    except PluginOutOfServiceError as out:
        note = (Paragraph(out.message),)
        return DocumentSection(section.code, section.title, note, left_out=out.name)
    return DocumentSection(section.code, section.title, blocks)


def _blocks(section: ReportSection, context: SectionContext) -> tuple[Block, ...]:
    blocks = tuple(section.write(context))
    for block in blocks:
        if not isinstance(block, Heading | Paragraph | Table):
            raise TypeError(f"{section.code} gave a block that is none")
    return blocks


def _sections(catalogue: Catalogue, enabled: frozenset[str]) -> list[ReportSection]:
    owner_of = catalogue.owner_of
    there = [
        section
        for section in catalogue.report_sections.values()
        if owner_of[section.code] in enabled | {CORE}
    ]
    return sorted(there, key=lambda s: (_part(s, owner_of[s.code]), s.order, s.code))


def _part(section: ReportSection, owner: str) -> int:
    """Core's own parts stand before the programmes, or behind them; annexes stand last."""
    if section.annex:
        return 3
    if owner != CORE:
        return 1
    return 2 if section.order >= AFTER_PROGRAMMES else 0


def _before_programmes(sections: list[DocumentSection], catalogue: Catalogue) -> int:
    """How many of core's parts stand before those of the programmes."""
    declared = catalogue.report_sections
    return sum(
        s.code in declared and _part(declared[s.code], catalogue.owner_of[s.code]) == 0
        for s in sections
    )


def name_in_sentence(period: Period) -> Text:
    """The period's name inside a sentence: "quý I năm 2018"; English months stay capital."""
    name = period.name
    english = name.en if period.kind == "month" else name.en[0].lower() + name.en[1:]
    return Text(vi=name.vi[0].lower() + name.vi[1:], en=english)


def _subject(period: Period) -> Text:
    name = name_in_sentence(period)
    return Text(
        vi=f"Kết quả thực hiện công tác bảo vệ, chăm sóc trẻ em {name.vi}",
        en=f"Results of child protection and care, {name.en}",
    )


def _opening(report: Report, period: Period) -> Text:
    name, day = name_in_sentence(period), report.cut_off
    return Text(
        vi=f"Thực hiện chế độ báo cáo định kỳ, đơn vị báo cáo kết quả thực hiện công tác bảo vệ, "
        f"chăm sóc trẻ em {name.vi} như sau (số liệu tính đến hết ngày {format_date(day)}):",
        en=f"As periodic reporting requires, the results of child protection and care in "
        f"{name.en} are as follows (figures up to and including {format_date(day, 'en')}):",
    )

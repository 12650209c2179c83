"""Measures that can be counted, and sections that can be written whatever the figures are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from core.authoring.checks.hooks import watched
from core.authoring.finding import Finding
from core.authoring.guard import guarded
from core.db.base import DataClass
from core.indicators.columns import MeasureColumns
from core.kit.errors import PlatformError
from core.plugin_api.documents import Figure, FigureState, Heading, Paragraph, Table
from core.plugin_api.values import RouteContext
from core.tenancy.models import Confidential
from core.testing.given import GivenFigures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.authoring.subject import Declared
    from core.plugin_api.documents import Block
    from core.plugin_api.values import ReportSection

STATES = (
    ("zero", 0, FigureState.NIL_RETURN),
    ("one", 1, FigureState.NUMBER),
    ("many", 1234, FigureState.NUMBER),
    ("suppressed", None, FigureState.SUPPRESSED),
    ("not reported", None, FigureState.NOT_REPORTED),
    ("not switched on", None, FigureState.NOT_ENABLED),
)
_WRITE = "Ask the context for figures, write a sentence for each state, and nothing else."


def measures(declared: Declared) -> Iterator[Finding]:
    """Every measure resolves to columns."""
    for measure in declared.given.measures:
        try:
            MeasureColumns(measure)
        except PlatformError as error:
            yield Finding("figures.column", measure.code, error.message.en, "Correct the column.")
        if measure.detail is not None and not measure.detail_options:
            wrong = "is broken down by a column whose values are not listed."
            cure = "Name them in detail_options."
            yield Finding("figures.detail", measure.code, wrong, cure)
        hidden = issubclass(measure.model, Confidential)
        if hidden and measure.sensitivity is not DataClass.RESTRICTED:
            wrong = "counts confidential rows but is not restricted."
            cure = "Write sensitivity=DataClass.RESTRICTED, so that small numbers are hidden."
            yield Finding("figures.sensitivity", measure.code, wrong, cure)


def sections(declared: Declared) -> Iterator[Finding]:
    """Every section is written for every state of its figures."""
    catalogue = declared.registry.catalogue
    known = catalogue.measures.keys() | catalogue.indicators.keys()
    for section in declared.given.report_sections:
        for name, count, state in STATES:
            figures = {} if count is None else dict.fromkeys(known, count)
            context = GivenFigures(figures, state, tuple(catalogue.measures.values()))
            seen = guarded(partial(_written, section, context))
            where = f"{section.code} with figures: {name}"
            found = list(watched(where, "report", seen, _WRITE))
            found += _unknown(section.code, context.asked - known)
            found += _faulty(where, seen.value or ())
            yield from found
            if found:
                break


def routes(declared: Declared) -> Iterator[Finding]:
    """Every route answers, also when it is asked for nothing in particular."""
    for route in declared.given.routes:
        context = RouteContext("tinh_mot", {}, _nothing_reported)
        seen = guarded(partial(route.answer, context))
        yield from watched(route.code, "routes", seen, "Answer plain values, and nothing else.")


CHECKS = (measures, sections, routes)


def _written(section: ReportSection, context: GivenFigures) -> list[Block]:
    return list(section.write(context))


def _nothing_reported(code: str, _period: str) -> Figure:
    return Figure(code, FigureState.NOT_REPORTED)


def _unknown(code: str, asked: set[str]) -> list[Finding]:
    return [
        Finding(
            "report.figure",
            code,
            f"asks for {name}, which neither the plugin nor what it requires declares.",
            "Correct the code, or declare it.",
        )
        for name in sorted(asked)
    ]


def _faulty(where: str, blocks: Sequence[Any]) -> Iterator[Finding]:
    for block in blocks:
        if not isinstance(block, Heading | Paragraph | Table):
            wrong = f"holds a {type(block).__name__}, which is no block."
            yield Finding("report.block", where, wrong, "Return Heading, Paragraph and Table.")
        elif isinstance(block, Table):
            if {len(row) for row in block.rows} - {len(block.columns)}:
                wrong = "a row of a table has more or fewer cells than there are columns."
                yield Finding("report.table", where, wrong, "Give each column its cell, or None.")
        elif not hasattr(block.text, "vi"):
            wrong = "says something in one language alone."
            yield Finding("report.text", where, wrong, 'Write Text("tiếng Việt", "English").')

"""A report as a PDF: the copy for the record, the same bytes from the same report."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from core.reports.laid_out import lay_out, listed
from core.reports.layout import LAYOUT, PDF_FONT
from core.reports.letters import FONTS, showable
from core.reports.paper import paper_head, paper_tables

if TYPE_CHECKING:
    from core.kit.language import Language
    from core.reports.document import ReportDocument
    from core.reports.laid_out import LaidOut, LaidPart

_TEMPLATES: Final = Path(__file__).parent / "templates"
# For the archive, and readable by a screen reader.
_STANDARDS: Final[list[typst.PDFStandard]] = ["a-2a", "ua-1"]


def to_pdf(document: ReportDocument, language: Language = "vi") -> bytes:
    """The report on A4, set in the fonts we ship and in no other."""
    data = _data(lay_out(document, language)) | {"day": _day(document)}
    made = typst.compile(
        _TEMPLATES / "report.typ",
        root=_TEMPLATES,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": showable(json.dumps(data, ensure_ascii=False))},
        pdf_standards=_STANDARDS,
    )
    assert isinstance(made, bytes)
    return made


def _day(document: ReportDocument) -> tuple[int, int, int]:
    """The date the file carries: the letter's, else the last day counted; never the clock's."""
    day = document.dated or document.cut_off
    return day.year, day.month, day.day


def _data(report: LaidOut) -> dict[str, Any]:
    """What the template sets; text stays text, whatever signs it holds."""
    flat = asdict(replace(report, sections=()))
    del flat["sections"]
    return {
        "report": flat | {"title": report.title},
        "author": report.agency,
        "font": PDF_FONT,
        "layout": asdict(LAYOUT),
        "head": asdict(paper_head(report)),
        "addressees": listed(report.addressees),
        "recipients": listed(report.recipients),
        "sections": [
            {"title": section.title, "parts": [_part(part, report) for part in section.parts]}
            for section in report.sections
        ],
    }


def _part(part: LaidPart, report: LaidOut) -> dict[str, Any]:
    if part.table is None:
        return {"kind": part.kind, "text": part.text}
    tables = [
        {
            "title": piece.title,
            "headings": piece.headings,
            "widths_mm": piece.widths_mm,
            "rows": [[{"text": c.text, "kind": c.kind} for c in row] for row in piece.rows],
            "note": piece.note,
        }
        for piece in paper_tables(part.table, report.words["row_number"])
    ]
    chart = part.table.chart
    drawn = None
    if chart is not None:
        title = f"{report.words['chart']}. {chart.title}"
        drawn = {"title": title, "svg": str(chart.svg), "alt": chart.described}
    return {"kind": "table", "tables": tables, "chart": drawn}

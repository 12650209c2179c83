"""What both outputs on paper, the office file and the PDF, share: broken lines, fitted tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.reports.layout import (
    LAYOUT,
    column_widths_mm,
    head_lines,
    least_width_mm,
    wanted_width_mm,
    width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.reports.laid_cell import LaidCell
    from core.reports.laid_out import LaidOut, LaidTable


@dataclass(frozen=True, slots=True)
class PaperHead:
    """The lines of the head; the lengths of the rules under them in millimetres."""

    parent_agency: tuple[str, ...]
    agency: tuple[str, ...]
    agency_rule_mm: float
    motto_rule_mm: float
    subject_rule_mm: float


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table, or some columns of one, that fits between the margins.

    Headings and widths begin with the column of row numbers, the rows do not.
    """

    title: str
    headings: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[LaidCell, ...], ...]
    note: str


def paper_head(report: LaidOut) -> PaperHead:
    """The head as its two columns hold it."""
    left = LAYOUT.text_width_mm * LAYOUT.left_share
    agency = head_lines(report.agency, left, LAYOUT.agency_pt)
    widest = max(width_mm(line, LAYOUT.agency_pt) for line in agency)
    subject = min(width_mm(report.subject, LAYOUT.subject_pt), LAYOUT.text_width_mm)
    parent = report.parent_agency
    return PaperHead(
        parent_agency=head_lines(parent, left, LAYOUT.agency_pt, bold=False) if parent else (),
        agency=agency,
        agency_rule_mm=min(widest, left) * LAYOUT.agency_rule_share,
        motto_rule_mm=width_mm(report.words["motto"], LAYOUT.motto_pt),
        subject_rule_mm=subject * LAYOUT.subject_rule_share,
    )


def paper_tables(table: LaidTable, row_number: str) -> tuple[PaperTable, ...]:
    """The table in one piece, or its columns in several, each piece with the first column again.

    ``row_number`` heads the column of row numbers.
    """
    texts = table.texts_by_column()
    available = LAYOUT.text_width_mm - LAYOUT.row_number_mm
    groups = _groups(texts, available)
    pieces = []
    for piece, group in enumerate(groups, start=1):
        mark = f" ({piece}/{len(groups)})" if len(groups) > 1 else ""
        widths = column_widths_mm([texts[at] for at in group], available)
        pieces.append(
            PaperTable(
                title=f"{table.label}{mark}. {table.caption}",
                headings=(row_number, *(table.columns[at] for at in group)),
                widths_mm=(LAYOUT.row_number_mm, *widths),
                rows=tuple(tuple(row[at] for at in group) for row in table.rows),
                note=table.note if piece == len(groups) else "",
            )
        )
    return tuple(pieces)


def _groups(texts: Sequence[Sequence[str]], available: float) -> list[list[int]]:
    """Which columns go together; the first, which names the row, is in each group."""
    least = [least_width_mm(column) for column in texts]
    if sum(least) <= available:
        return [list(range(len(texts)))]
    least[0] = max(least[0], wanted_width_mm(texts[0], LAYOUT.row_name_mm))
    groups: list[list[int]] = [[0]]
    used = least[0]
    for at, width in enumerate(least[1:], start=1):
        if used + width > available and len(groups[-1]) > 1:
            groups.append([0])
            used = least[0]
        groups[-1].append(at)
        used += width
    return groups

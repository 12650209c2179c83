"""What an office file says in its own marks: fonts, rules, borders, repeated rows, page numbers."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from core.reports.layout import LAYOUT, WORD_FONT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_TWIPS_PER_MM: Final = 1440 / 25.4
_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def mark(parent: Any, name: str, **attributes: str) -> Any:
    """Add an element to another one; attributes are of the same namespace."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def use_font(style: Any, language: str) -> None:
    """One font for all kinds of letters; the template's theme fonts are taken away."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), WORD_FONT)
    properties.insert(0, fonts)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    mark(properties, "lang", val=language, eastAsia=language)


def rule_under(paragraph: Paragraph, length_mm: float, room_mm: float) -> None:
    """Make an empty, low paragraph carry a centred rule of a length."""
    paragraph.paragraph_format.left_indent = Mm((room_mm - length_mm) / 2)
    paragraph.paragraph_format.right_indent = Mm((room_mm - length_mm) / 2)
    borders = OxmlElement("w:pBdr")
    mark(borders, "top", val="single", sz="6", space="1", color="000000")
    _insert_before_indent(paragraph, borders)


def frame(paragraph: Paragraph) -> None:
    """A thin frame around a paragraph, between the margins."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(1.7)
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        mark(borders, side, val="single", sz="6", space="4", color="000000")
    _insert_before_indent(paragraph, borders)


def _insert_before_indent(paragraph: Paragraph, borders: Any) -> None:
    # the order of these elements is fixed by the format, and Word is strict about it
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  the library has no public way
    later = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *later)


def set_grid(table: Table, widths_mm: Sequence[float], *, borders: bool) -> None:
    """Fixed widths of the columns, in the grid and in each cell: Word goes by the grid.

    A bordered table has padding inside its cells, one without has none at its sides.
    """
    table.autofit = False
    element: Any = table._tbl  # noqa: SLF001  the library has no public way
    properties = element.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    total = str(round(sum(widths_mm) * _TWIPS_PER_MM))
    properties.insert_element_before(
        _element("tblW", type="dxa", w=total),
        *(f"w:{n}" for n in ("jc", "tblCellSpacing", "tblInd", "tblBorders", "tblLayout")),
        *("w:tblCellMar", "w:tblLook"),
    )
    side = round(LAYOUT.cell_side_mm * _TWIPS_PER_MM) if borders else 0
    # the table's edge lies on the margin, not its text
    _put(properties, _element("tblInd", w="0", type="dxa"))
    if borders:
        lines = OxmlElement("w:tblBorders")
        for name in _SIDES:
            mark(lines, name, val="single", sz="4", space="0", color="000000")
        _put(properties, lines)
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        mark(margins, name, w=str(side), type="dxa")
    properties.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _put(properties: Any, element: Any) -> None:
    properties.insert_element_before(element, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def keep_row(row: _Row, *, heading: bool = False) -> None:
    """Never break a row over two pages; a heading is repeated on each."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  the library has no public way
    mark(properties, "cantSplit")
    if heading:
        mark(properties, "tblHeader")


def add_page_number(paragraph: Paragraph) -> None:
    """A field that shows the number of the page."""
    for kind, code in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "2"), ("end", "")):
        run: Any = paragraph.add_run()._r  # noqa: SLF001  the library has no public way
        if kind:
            mark(run, "fldChar", fldCharType=kind)
        elif code == "PAGE":
            mark(run, "instrText").text = code
        else:
            mark(run, "t").text = code


def steady(content: bytes) -> bytes:
    """The same file without the hour of its making, so that equal reports are equal files."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return made.getvalue()

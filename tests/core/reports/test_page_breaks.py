"""Where a table is parted on paper: its note never stands without a row above it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.kit.language import Text
from core.reports.document import DocumentSection
from core.reports.formats import render
from tests.core.reports.test_formats import DOCUMENT, LONG, count, same


@pytest.mark.parametrize("rows", range(20, 60))
def test_a_note_stands_on_the_page_of_the_last_row(rows: int) -> None:
    lines = tuple((same(f"Nhóm {n}"), count(7000 + n), None, None) for n in range(1, rows + 1))
    section = DocumentSection(
        "one", Text(vi="Tình hình", en="Situation"), (replace(LONG, rows=lines),)
    )
    paper = render(replace(DOCUMENT, sections=(section,)), "pdf").content
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]
    (noted,) = [page for page in pages if "Tính đến cuối kỳ" in page]
    assert f"Nhóm {rows}" in noted

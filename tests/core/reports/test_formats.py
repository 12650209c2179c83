"""One report in four formats: what is read back out of each file says the same."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from html import unescape
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from core.kit.language import Text
from core.plugin_api.documents import Figure, FigureState, Heading, Paragraph, Table
from core.reports.build import build_report
from core.reports.document import DocumentSection, Letterhead, ReportDocument
from core.reports.formats import FORMATS, UnknownFormatError, parse_format, render
from core.reports.layout import (
    LAYOUT,
    column_widths_mm,
    head_lines,
    least_width_mm,
    width_mm,
)
from core.reports.letters import known_letters, showable
from core.reports.service import open_report

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
NUMBER = FigureState.NUMBER
MARKUP = "#let x = $y$ *đậm* [thử] <b> \\ @nhãn"
DECOMPOSED = unicodedata.normalize("NFD", "Ghi chú của cán bộ")
RATIO = Figure("SMP-02", NUMBER, Decimal("12.25"), 49, 4)


def same(words: str) -> Text:
    return Text(vi=words, en=words)


def count(value: int) -> Figure:
    return Figure("SMP-01", NUMBER, Decimal(value))


LONG = Table(
    caption=Text(vi="Theo nhóm", en="By group"),
    columns=(
        Text(vi="Nhóm", en="Group"),
        Text(vi="Trong kỳ", en="In the period"),
        Text(vi="Tăng, giảm", en="Change"),
        Text(vi="Kế hoạch", en="Plan"),
    ),
    rows=(
        (same("=1+1"), count(1_234_567), Text(vi="+1.203", en="+1,203"), same("≥ 90")),
        (same("@b"), RATIO, same("-3"), same("2/34")),
        (same("2018"), Figure("Q", FigureState.SUPPRESSED), None, same("2018")),
        (same("d"), Figure("Q", FigureState.NOT_ENABLED), same("0"), None),
        (same("đ"), Figure("Q", FigureState.NOT_REPORTED), None, None),
        (same("e"), Figure("Q", FigureState.NIL_RETURN), None, None),
        (same("g"), count(10**15 + 1), None, None),
        *((same(f"Nhóm {number}"), count(7000 + number), None, None) for number in range(40)),
    ),
    note=Text(vi="Tính đến cuối kỳ", en="At the end of the period"),
)
WIDE = Table(
    caption=Text(vi="Toàn quốc", en="Nation"),
    columns=(Text(vi="Chỉ tiêu", en="Indicator"), *(same(f"Tỉnh Số {n}") for n in range(24))),
    rows=((same("SMP-01"), *(count(5000 + n) for n in range(24))),),
)
LETTERHEAD = Letterhead(
    parent_agency=Text(vi="Ủy ban nhân dân tỉnh Lào Cai", en="Lao Cai People's Committee"),
    agency=Text(vi="Sở Lao động - Thương binh và Xã hội", en="Department of Labour"),
    place="Lào Cai",
    number_symbol="BC-SLĐTBXH",
    addressees=(Text(vi="Bộ Thử", en="Ministry"), Text(vi="Ủy ban Thử", en="Committee")),
    recipients=(Text(vi="Như trên", en="As above"), Text(vi="Lưu: VT", en="File")),
    signer=(Text(vi="KT. Giám đốc", en="For the Director"), Text(vi="Phó Giám đốc", en="Deputy")),
)
DOCUMENT = ReportDocument(
    letterhead=LETTERHEAD,
    subject=Text(vi="Kết quả bảo vệ trẻ em năm 2018", en="Child protection in 2018"),
    opening=Text(vi="Đơn vị báo cáo như sau:", en="The results are as follows:"),
    sections=(
        DocumentSection(
            "first",
            Text(vi="Tình hình", en="Situation"),
            (
                Heading(Text(vi="Kết quả", en="Results")),
                Heading(Text(vi="Chi tiết", en="Details"), 3),
                Paragraph(
                    Text(vi="Có 1.234.567 trẻ.", en="1,234,567 children."), (count(1234567),)
                ),
                LONG,
            ),
            f"{MARKUP}\n{DECOMPOSED}",
        ),
        DocumentSection("second", Text(vi="Phụ lục", en="Annex"), (WIDE,)),
    ),
    period_code="2018",
    cut_off=date(2018, 12, 31),
    notice=Text(vi="Số liệu sinh ra để thử", en="Generated for tests"),
)
COLUMN = {
    "vi": [
        "1.234.567",
        "12,3",
        "Không công bố",
        "Chưa triển khai",
        "Chưa có số liệu",
        "Không phát sinh",
        "1.000.000.000.000.001",
        *(f"7.{number:03}" for number in range(40)),
    ],
    "en": [
        "1,234,567",
        "12.3",
        "Not disclosed",
        "Not in operation",
        "Not reported",
        "None occurred",
        "1,000,000,000,000,001",
        *(f"7,{number:03}" for number in range(40)),
    ],
}
SHEET = [1234567, 12.3, *(None,) * 5, *range(7000, 7040)]


@cache
def made(name: Any, language: Any = "vi") -> bytes:
    return render(DOCUMENT, name, language).content


def html_tables(content: bytes) -> list[list[list[str]]]:
    page = content.decode()
    return [
        [
            [unescape(cell) for cell in re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    ]


def docx_tables(content: bytes) -> list[list[list[str]]]:
    """Those of the text; the first holds the head, the last the signature."""
    tables = docx.Document(BytesIO(content)).tables[1:-1]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def docx_text(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    return "\n".join(t.text or "" for t in file.element.body.iter(qn("w:t")))


def pdf_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def flat(words: str) -> str:
    return " ".join(words.split())


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314  a file we have just made


def xlsx_sheet(content: bytes, number: int) -> list[list[str | float | None]]:
    strings = [
        "".join(t.text or "" for t in item.iter(f"{{{NS['m']}}}t"))
        for item in part(content, "xl/sharedStrings.xml").findall("m:si", NS)
    ]
    rows = []
    for row in part(content, f"xl/worksheets/sheet{number}.xml").iter(f"{{{NS['m']}}}row"):
        cells: list[str | float | None] = []
        for cell in row.findall("m:c", NS):
            value = cell.findtext("m:v", namespaces=NS)
            is_text = cell.get("t") == "s"
            cells.append(
                None if value is None else strings[int(value)] if is_text else float(value)
            )
        rows.append(cells)
    return rows


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_four_files_state_the_same_numbers(language: Any) -> None:
    files = {name: made(name, language) for name in FORMATS}
    html, office = html_tables(files["html"]), docx_tables(files["docx"])
    assert [row[2] for row in html[0][1:]] == COLUMN[language]
    assert office[0] == html[0]
    wide = [cell for table in office[1:] for cell in table[1][2:]]
    assert wide == html[1][1][2:]
    assert {table[1][1] for table in office[1:]} == {"SMP-01"}  # each piece names its rows
    paper = flat(" ".join(pdf_pages(files["pdf"])))
    at = 0
    for row, shown in enumerate(COLUMN[language][7:], start=8):  # in their order, with their rows
        at = paper.index(f"{row} Nhóm {row - 8} {shown}", at)
    assert all(shown in paper for shown in [*COLUMN[language], *html[1][1][2:]])
    cells = [row[2] for row in xlsx_sheet(files["xlsx"], 2)[3:-1]]
    assert [cell for cell in cells if isinstance(cell, float)] == [n for n in SHEET if n]
    texts = [shown for shown, n in zip(COLUMN[language], SHEET, strict=True) if n is None]
    assert [cell for cell in cells if isinstance(cell, str)] == texts
    assert xlsx_sheet(files["xlsx"], 3)[-1][2:] == list(range(5000, 5024))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_four_files_say_the_same_sentences(language: Any) -> None:
    files = {name: made(name, language) for name in FORMATS}
    texts = {
        "html": unescape(re.sub(r"<[^>]*>", " ", files["html"].decode())),
        "docx": docx_text(files["docx"]),
        "pdf": " ".join(pdf_pages(files["pdf"])),
        "xlsx": " ".join(str(row[0]) for row in xlsx_sheet(files["xlsx"], 1)),
    }
    said = {
        "vi": ["Số liệu sinh ra để thử", "I. TÌNH HÌNH", "1. Kết quả", "a) Chi tiết"],
        "en": ["Generated for tests", "I. SITUATION", "1. Results", "a) Details"],
    }[language]
    first = {"vi": "Có 1.234.567 trẻ.", "en": "1,234,567 children."}[language]
    for words in texts.values():
        assert all(line in flat(words) for line in [*said, first, MARKUP])


def test_the_real_report_has_the_same_tables_in_all_files(reporting: Any) -> None:
    reporting.fill()
    reporting.child("male", date(2018, 2, 1))
    reporting.world.count()
    with reporting.door.tenant_session(1) as session:
        report = open_report(session, reporting.period)
        document = build_report(session, report, reporting.source)
    html = html_tables(render(document, "html").content)
    assert len(html) == 2
    assert docx_tables(render(document, "docx").content) == html
    paper = flat(" ".join(pdf_pages(render(document, "pdf").content)))
    book = render(document, "xlsx").content
    for number, table in enumerate(html, start=2):
        for row, sheet_row in zip(table[1:], xlsx_sheet(book, number)[3:], strict=True):
            assert flat(" ".join(row)) in paper
            assert [f"{c:g}" if isinstance(c, float) else c for c in sheet_row] == row


def charted() -> ReportDocument:
    """A report whose table is drawn too; one row has no number."""
    rows = (
        (same("Huyện <Một>"), count(1200)),
        (same("Huyện Hai"), count(300)),
        (same("Huyện Ba"), Figure("Q", FigureState.NOT_REPORTED)),
    )
    columns = (same("Địa bàn"), same("Số trẻ em"))
    table = Table(caption=same("Theo địa bàn"), columns=columns, rows=rows, drawn=1)
    return replace(DOCUMENT, sections=(DocumentSection("x", same("Mục"), (table,)),))


def test_a_table_is_drawn_from_its_own_numbers_in_every_file() -> None:
    said = "Theo địa bàn: Số trẻ em. Huyện <Một>: 1.200; Huyện Hai: 300; Huyện Ba: Chưa có số liệu"
    html = render(charted(), "html").content.decode()
    picture = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert picture is not None
    svg = ET.fromstring(picture[0])  # noqa: S314  made a line above
    texts = [node.text for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    named = ("Huyện <Một>", "1.200", "Huyện Hai", "300", "Huyện Ba", "Chưa có số liệu")
    assert texts == list(named)
    widths = [float(n.attrib["width"]) for n in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == pytest.approx(4 * widths[1], abs=0.2)
    assert len(widths) == 2  # what has no number has no bar, not a bar of nothing
    file = docx.Document(BytesIO(render(charted(), "docx").content))
    (shown,) = file.inline_shapes
    assert shown._inline.docPr.get("descr") == said
    with zipfile.ZipFile(BytesIO(render(charted(), "xlsx").content)) as book:
        chart = book.read("xl/charts/chart1.xml").decode()
    assert "$C$" in chart  # the sheet's own cells
    assert "<c:v>1200</c:v>" in chart or "'Bảng 1'" in chart
    reader = PdfReader(BytesIO(render(charted(), "pdf").content))
    fonts = set[str]()
    for page in reader.pages:
        fonts |= _fonts(page["/Resources"])
    assert fonts
    assert all("Tinos" in font for font in fonts)


def _fonts(resources: Any) -> set[str]:
    """The names of all fonts, those of pictures inside the page as well."""
    found = {str(f.get_object()["/BaseFont"]) for f in resources.get("/Font", {}).values()}
    for each in resources.get("/XObject", {}).values():
        found |= _fonts(each.get_object().get("/Resources", {}))
    return found


def test_without_two_numbers_there_is_nothing_to_draw() -> None:
    table = replace(charted().sections[0].blocks[0], rows=((same("x"), count(1)),))  # type: ignore[type-var]
    document = replace(DOCUMENT, sections=(DocumentSection("x", same("Mục"), (table,)),))
    assert b"<svg" not in render(document, "html").content


def test_the_pdf_holds_our_font_alone_and_whole() -> None:
    reader = PdfReader(BytesIO(made("pdf")))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            below = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in below["/FontDescriptor"]
            names.add(below["/BaseFont"].split("+")[1])
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}


def test_the_lines_of_the_head_are_not_broken() -> None:
    first = pdf_pages(made("pdf"))[0]
    for line in (
        "ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "THƯƠNG BINH VÀ XÃ HỘI",
        "Số: ……/BC-SLĐTBXH",
        "Lào Cai, ngày …… tháng …… năm 2018",
    ):
        assert line in first


def test_a_number_and_the_sign_held_to_it_are_never_parted() -> None:
    """A blank that does not break makes them one word, and a column is as wide as its widest."""
    held, parted = "\u2265\u00a05.000.000.000", "\u2265 5.000.000.000"
    assert least_width_mm((held,)) > least_width_mm((parted,))


def test_pages_are_numbered_from_the_second_and_marked_as_generated() -> None:
    first, *others = pdf_pages(made("pdf"))
    assert others
    assert not first.lstrip().startswith("1\n")
    for number, page in enumerate(others, start=2):
        assert page.lstrip().startswith(f"{number}\n")
        assert "Số liệu sinh ra để thử" in page
    file = docx.Document(BytesIO(made("docx")))
    section = file.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in [e.text for e in section.header._element.iter(qn("w:instrText"))]
    assert section.first_page_header.is_linked_to_previous  # that is, it is empty
    assert section.footer.paragraphs[0].text == "Số liệu sinh ra để thử"


@pytest.mark.parametrize("name", FORMATS)
def test_letters_are_composed_in_every_file(name: Any) -> None:
    content = made(name)
    readers: dict[str, Any] = {
        "html": bytes.decode,
        "docx": docx_text,
        "pdf": lambda paper: "\n".join(pdf_pages(paper)),
        "xlsx": lambda book: str(xlsx_sheet(book, 1)),
    }
    words = readers[name](content)
    assert "Ghi chú của cán bộ" in words
    assert unicodedata.is_normalized("NFC", words)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: Any, monkeypatch: Any) -> None:
    first = made(name)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert render(DOCUMENT, name).content == first


@pytest.mark.parametrize("name", FORMATS)
def test_no_sign_that_an_officer_may_paste_stops_a_file(name: Any) -> None:
    words = "Đã xong ✓ 😀 漢字 \u202edảo\ufffe\x07 \ud800 a\u2028b"
    section = replace(DOCUMENT.sections[0], blocks=(), words=words)
    content = render(replace(DOCUMENT, sections=(section,)), name).content
    if name == "pdf":
        assert "Đã xong □ □ □□ dảo" in flat(" ".join(pdf_pages(content)))


def test_our_fonts_have_every_letter_of_vietnamese() -> None:
    plain = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯYđĐ"
    toned = [unicodedata.normalize("NFC", a + tone) for a in plain[:-2] for tone in "̣̀́̃̉"]
    assert known_letters().issuperset([*plain, *toned, "…", "–", "≥", "₫", "□"])
    assert "✓" not in known_letters()
    assert showable("Trẻ em ✓") == "Trẻ em □"


def test_a_text_in_a_sheet_is_never_a_formula() -> None:
    content = made("xlsx")
    sheet = part(content, "xl/worksheets/sheet2.xml")
    assert sheet.findall(".//m:f", NS) == []
    forms = part(content, "xl/styles.xml").find("m:cellXfs", NS)
    assert forms is not None
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{{{NS['m']}}}c")}
    for place in ("B5", "B6"):  # "=1+1" and "@b"
        assert cells[place].get("t") == "s"
        assert forms[int(cells[place].get("s") or 0)].get("quotePrefix") == "1"


def test_a_sheet_is_frozen_and_printed_with_its_head_on_a4() -> None:
    content = made("xlsx")
    sheet = part(content, "xl/worksheets/sheet2.xml")
    pane = sheet.find(".//m:pane", NS)
    assert pane is not None
    assert (pane.get("topLeftCell"), pane.get("state")) == ("C5", "frozen")
    assert sheet.find("m:pageSetup", NS).get("paperSize") == "9"
    names = [
        each.text for each in part(content, "xl/workbook.xml").iter(f"{{{NS['m']}}}definedName")
    ]
    assert "'Bảng 1'!$4:$4" in names


def test_differences_are_numbers_and_years_and_shares_are_not() -> None:
    rows = xlsx_sheet(made("xlsx"), 2)[3:]
    assert [row[3] for row in rows[:4]] == [1203, -3, None, 0]
    assert [row[4] for row in rows[:3]] == ["≥\N{NO-BREAK SPACE}90", "2/34", "2018"]
    page = made("html").decode()
    assert '<td class="number">+1.203</td>' in page
    assert "<td>2018</td>" in page


def test_the_office_file_keeps_the_rules_of_layout() -> None:
    file = docx.Document(BytesIO(made("docx")))
    section = file.sections[0]
    sides = (section.left_margin, section.right_margin, section.top_margin)
    assert [round(side.mm) for side in sides if side] == [30, 15, 20]
    for table in file.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(grid) == pytest.approx(LAYOUT.text_width_mm * 1440 / 25.4, abs=12)
        for row in table.rows:
            assert [round(cell.width.twips) for cell in row.cells] == pytest.approx(grid, abs=2)
    for table in file.tables[1:-1]:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    fonts = {e.get(qn("w:ascii")) for e in file.element.body.iter(qn("w:rFonts"))}
    assert fonts <= {"Times New Roman"}
    titles = [p.text for p in file.paragraphs if p.style and p.style.name == "Heading 1"]
    assert titles == ["I. TÌNH HÌNH", "II. PHỤ LỤC"]
    body = next(p for p in file.paragraphs if p.text.startswith("Có 1.234.567"))
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)


def test_numbers_stand_to_the_right_in_the_office_file() -> None:
    table = docx.Document(BytesIO(made("docx"))).tables[1]
    align = [cell.paragraphs[0].alignment.name for cell in table.rows[1].cells]
    assert align == ["CENTER", "LEFT", "RIGHT", "RIGHT", "RIGHT"]
    assert table.rows[3].cells[2].paragraphs[0].alignment.name == "CENTER"


def test_the_text_ends_with_its_mark() -> None:
    first = DOCUMENT.sections[0]
    for document, ending in (
        (DOCUMENT, "5.023 ./. Nơi nhận:"),
        (replace(DOCUMENT, sections=(first,)), "Ghi chú của cán bộ./. Nơi nhận:"),
    ):
        assert ending in flat(" ".join(pdf_pages(render(document, "pdf").content)))
        assert ending in flat(docx_text(render(document, "docx").content))


def test_an_agency_with_none_above_it_stands_alone() -> None:
    alone = replace(LETTERHEAD, parent_agency=None, addressees=LETTERHEAD.addressees[:1], signer=())
    document = replace(DOCUMENT, letterhead=alone, notice=None)
    assert "ỦY BAN" not in pdf_pages(render(document, "pdf").content)[0]
    assert "Kính gửi: Bộ Thử." in flat(docx_text(render(document, "docx").content))
    assert 'class="parent"' not in render(document, "html").content.decode()


def test_a_dated_letter_carries_its_own_day() -> None:
    dated = replace(DOCUMENT, dated=date(2019, 2, 5))
    assert "Lào Cai, ngày 05 tháng 02 năm 2019" in docx_text(render(dated, "docx").content)
    about = docx.Document(BytesIO(render(dated, "docx").content)).core_properties
    assert about.created.date() == date(2019, 2, 5)


def test_a_file_says_its_kind_and_no_other_kind_is_made() -> None:
    assert render(DOCUMENT, "pdf").media_type == "application/pdf"
    assert [render(DOCUMENT, name).extension for name in FORMATS] == list(FORMATS)
    assert parse_format("xlsx") == "xlsx"
    with pytest.raises(UnknownFormatError):
        parse_format("exe")


def test_letters_are_as_wide_as_they_were_measured() -> None:
    assert width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12) == pytest.approx(88, abs=0.6)
    assert width_mm("Độc lập - Tự do - Hạnh phúc", 12) == pytest.approx(51.7, abs=0.5)


def test_a_long_agency_is_broken_where_it_reads_best() -> None:
    committee = "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH"
    assert head_lines(committee, 72, 12) == ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH")
    assert head_lines("SỞ Y TẾ", 72, 12) == ("SỞ Y TẾ",)


def test_columns_fill_the_width_and_hold_their_longest_word() -> None:
    columns = [("Chỉ tiêu", "Tỷ lệ trẻ em dưới 6 tuổi được cấp thẻ " * 3), ("Số", "1"), ("Số", "2")]
    widths = column_widths_mm(columns, 150)
    assert sum(widths) == pytest.approx(150)
    assert widths[0] > 3 * widths[1]

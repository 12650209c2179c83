"""The national sum as a report document, for the same outputs as the provinces' reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.reports.document import DocumentSection, Letterhead, ReportDocument
from core.reports.html import to_html

if TYPE_CHECKING:
    from core.kit.language import Language
    from core.kit.periods import Period
    from core.plugin_api.documents import Table

_NOTE = Text(
    vi="Chỉ cộng các số liệu mà tỉnh đã duyệt và gửi; tỉnh chưa gửi không được tính là 0. "
    "Tỷ lệ được tính lại từ tử số và mẫu số, không lấy trung bình các tỷ lệ.",
    en="Only figures that provinces have approved and sent are added; a province that has not "
    "sent is not counted as 0. Rates are derived from numerators and denominators, never averaged.",
)


def national_document(
    table: Table,
    period: Period,
    *,
    ministry: Text,
    notice: Text | None = None,
) -> ReportDocument:
    """The sum of one period; any format is rendered from it."""
    name = Text(vi=_lowered(period.name.vi), en=period.name.en)
    return ReportDocument(
        letterhead=Letterhead(
            parent_agency=None,
            agency=ministry,
            place="Hà Nội",
            number_symbol="BC",
            addressees=(),
            recipients=(Text("Lưu: VT", "File"),),
            signer=(),
        ),
        subject=Text(
            vi=f"Tổng hợp số liệu bảo vệ, chăm sóc trẻ em của các tỉnh, {name.vi}",
            en=f"Provinces' figures on child protection and care, {name.en}",
        ),
        opening=_NOTE,
        sections=(
            DocumentSection("national", Text("Số liệu tổng hợp", "National figures"), (table,)),
        ),
        period_code=period.code,
        cut_off=period.window.end,
        notice=notice,
    )


def national_page(
    table: Table,
    period: Period,
    *,
    ministry: Text,
    notice: Text | None = None,
    language: Language = "vi",
) -> str:
    """The sum of one period as a page that stands alone."""
    return to_html(national_document(table, period, ministry=ministry, notice=notice), language)


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]

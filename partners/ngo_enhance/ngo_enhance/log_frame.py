"""The donor's log frame: what was agreed beside what was published, without a name.

The actual figures are those for the outside: rounded, small ones hidden, and there once the year is
published. Source: domain page of the programmes, §8 (donor export).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core.plugin_api import Export, Figure, FigureState, Table, Text, answer
from core.plugin_api.wording import labels
from ngo_enhance import codes
from ngo_enhance.indicators import INDICATORS
from ngo_enhance.measures import measures
from ngo_enhance.permissions import TAKE_LOG_FRAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Breakdown, Cell, ExportContext, Indicator

_LINES = "ngo_enhance.log_frame_line"
_WHOLE = Text(vi="Tổng số", en="Total")
_BANDS = {
    band: Text(vi=f"{band} tuổi", en=f"{band} years")
    for band in ("0-5", "6-10", "11-12", "13-15", "16-17")
}


def write(context: ExportContext) -> Table:
    """One row for each indicator, and one below it for each part of its breakdowns."""
    agreed = {
        line["indicator"]: line
        for line in context.lines(_LINES, answer("year").equals(context.year))
    }
    rows: list[tuple[Cell, ...]] = []
    for indicator in INDICATORS:
        line = agreed.get(indicator.code, {})
        rows.append(
            (
                indicator.code,
                indicator.name,
                indicator.unit,
                _number(indicator.code, line.get("baseline")),
                _number(indicator.code, line.get("target")),
                _WHOLE,
                context.indicator(indicator.code),
                labels(codes.MEANS).get(line.get("means", "")),
            )
        )
        rows += _parts(context, indicator)
    return Table(
        caption=Text(vi="Khung kết quả", en="Log frame"),
        columns=(
            Text(vi="Mã", en="Code"),
            Text(vi="Chỉ tiêu", en="Indicator"),
            Text(vi="Đơn vị tính", en="Unit"),
            Text(vi="Giá trị đầu kỳ", en="Baseline"),
            Text(vi="Mục tiêu", en="Target"),
            Text(vi="Phân tổ", en="Breakdown"),
            Text(vi="Thực hiện", en="Actual"),
            Text(vi="Nguồn kiểm chứng", en="Means of verification"),
        ),
        rows=tuple(rows),
        note=Text(
            vi="Số thực hiện là số đã công bố cho bên ngoài: làm tròn, số nhỏ giữ kín. Không có "
            "tên trẻ em, gia đình.",
            en="Actual figures are those published for the outside: rounded, small ones hidden. No "
            "child or family is named.",
        ),
    )


def _parts(context: ExportContext, indicator: Indicator) -> Iterator[tuple[Cell, ...]]:
    for breakdown in indicator.breakdowns:
        names = _names(indicator, breakdown)
        for key, figure in context.by(indicator.code, breakdown).items():
            yield (
                indicator.code,
                indicator.name,
                indicator.unit,
                None,
                None,
                names.get(key, Text(vi=key, en=key)),
                figure,
                None,
            )


def _names(indicator: Indicator, breakdown: Breakdown) -> Mapping[str, Text]:
    if breakdown == "sex":
        return labels(codes.SEXES)
    if breakdown == "age_band":
        return _BANDS
    counted = getattr(indicator.formula, "measure", "")
    options = {measure.code: measure.detail_options for measure in measures()}
    return labels(options[counted])


def _number(code: str, value: int | None) -> Figure | None:
    """A number that was agreed; empty where none was."""
    return None if value is None else Figure(code, FigureState.NUMBER, Decimal(value))


EXPORT = Export(
    code="ngo_enhance.log_frame",
    title=Text(vi="Khung kết quả dự án ENHANCE", en="Log frame of the ENHANCE project"),
    purpose=Text(
        vi="Gửi nhà tài trợ: giá trị đầu kỳ, mục tiêu, thực hiện, phân tổ, nguồn kiểm chứng.",
        en="For the donor: baseline, target, actual, breakdown, means of verification.",
    ),
    permission=TAKE_LOG_FRAME,
    write=write,
)

"""The programme's section of a periodic report: totals of the province, nothing below it.

No case is told, no commune named, and a share is stated only over enough cases.
Source: domain page of the programmes, §5.5 and §5.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import AGE_BANDS, Paragraph, ReportSection, Table, Text
from core.plugin_api.wording import (
    change,
    compared,
    compared_columns,
    counted,
    labels,
    no_figure,
    number,
    plural,
)
from plugins.sexual_abuse import codes, indicators

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api import Block, Breakdown, Cell, SectionContext

# With fewer cases even age and sex, each on its own, would describe a child who is known to many.
ENOUGH_FOR_TABLES = 5
ENOUGH_FOR_SHARES = 20
_CASES = Text(vi="trường hợp", en="cases")
_AGES = {
    code: Text(
        vi=f"Từ {low} đến dưới {high} tuổi" if low else f"Dưới {high} tuổi",
        en=f"{low} to under {high}" if low else f"Under {high}",
    )
    for low, high, code in AGE_BANDS
}


def write(context: SectionContext) -> Sequence[Block]:
    """The sentence; the tables only over so many cases that they describe nobody."""
    opening = _detected(context)
    total = counted(context.indicator("ABU-01"))
    if total is None or total < ENOUGH_FOR_TABLES:
        return (opening,)
    tables = [_table_of_children(context), _table_of_response(context)]
    if total >= ENOUGH_FOR_SHARES:
        tables += [
            _table_of_shares(context, indicators.DETECTED, _SETTING, labels(codes.SETTINGS)),
            _table_of_shares(context, indicators.BY_RELATION, _RELATION, labels(codes.RELATIONS)),
        ]
    return (opening, *tables)


SECTION = ReportSection(
    code="sexual_abuse.section",
    title=Text(
        vi="Phòng, chống bạo lực, xâm hại tình dục trẻ em",
        en="Prevention of violence against children and of sexual abuse",
    ),
    write=write,
    order=30,
)

_SETTING = Text(vi="Môi trường xảy ra", en="Setting")
_RELATION = Text(vi="Quan hệ với trẻ", en="Relation to the child")


def _detected(context: SectionContext) -> Paragraph:
    now = context.indicator("ABU-01")
    before = context.indicator("ABU-01", last_year=True)
    detected = counted(now)
    if detected is None:
        subject = Text(vi="trẻ em bị xâm hại tình dục", en="sexual abuse of children")
        return Paragraph(no_figure(now, subject), (now,))
    if detected == 0:
        nothing = Text(
            vi="Trong kỳ không phát sinh trường hợp trẻ em bị xâm hại tình dục.",
            en="No case of a sexually abused child arose in the period.",
        )
        return Paragraph(nothing, (now,))
    changed = change(now, before, year=context.year - 1, unit=_CASES)
    total = number(detected)
    sentence = Text(
        vi=f"Trong kỳ, toàn tỉnh phát hiện, tiếp nhận {total.vi} trường hợp trẻ em bị xâm hại tình "
        f"dục, {changed.vi}.",
        en=f"In the period, {total.en} {plural(detected, 'case', 'cases')} of sexually abused "
        f"children {plural(detected, 'was', 'were')} detected and received in the province, "
        f"{changed.en}.",
    )
    return Paragraph(sentence, (now, before))


def _table_of_children(context: SectionContext) -> Table:
    """By age and by sex, not crossed: a crossed cell could tell of a single child."""
    groups: tuple[tuple[Breakdown, Mapping[str, Text]], ...] = (
        ("age_band", _AGES),
        ("sex", labels(codes.SEXES)),
    )
    rows = []
    for breakdown, names in groups:
        now = context.by(indicators.DETECTED, breakdown)
        before = context.by(indicators.DETECTED, breakdown, last_year=True)
        rows += [
            compared(name, now.get(code), before.get(code))
            for code, name in names.items()
            if code in now
        ]
    return Table(
        caption=Text(
            vi="Trẻ em bị xâm hại tình dục theo nhóm tuổi và giới tính (toàn tỉnh)",
            en="Sexually abused children by age and by sex (whole province)",
        ),
        columns=compared_columns(Text(vi="Nhóm", en="Group"), year=context.year - 1),
        rows=tuple(rows),
    )


def _table_of_response(context: SectionContext) -> Table:
    names = {
        indicators.DETECTED: Text(vi="Số trường hợp tiếp nhận", en="Cases received"),
        indicators.NOT_SAFE: Text(
            vi="Trong đó: trẻ chưa an toàn khi tiếp nhận", en="Of which: child not safe at intake"
        ),
        indicators.POLICE_INFORMED: Text(
            vi="Trong đó: đã báo công an", en="Of which: police informed"
        ),
        indicators.ONLINE: Text(vi="Trong đó: có yếu tố trên mạng", en="Of which: partly online"),
    }
    return Table(
        caption=Text(vi="Tiếp nhận và thông báo", en="Receiving and informing"),
        columns=compared_columns(Text(vi="Nội dung", en="Item"), year=context.year - 1),
        rows=tuple(
            compared(name, context.measure(code), context.measure(code, last_year=True))
            for code, name in names.items()
        ),
    )


def _table_of_shares(
    context: SectionContext, measure: str, first: Text, names: Mapping[str, Text]
) -> Table:
    """Percent of all cases, without the counts."""
    cells = context.by(measure, "detail")
    whole = counted(context.measure(measure)) or 0

    def share(code: str) -> Cell:
        part = counted(cells.get(code))
        if part is None or whole == 0:
            return cells.get(code)
        tenths = (part * 2000 + whole) // (2 * whole)  # half up, in tenths of a percent
        return Text(vi=f"{tenths // 10},{tenths % 10}%", en=f"{tenths // 10}.{tenths % 10}%")

    return Table(
        caption=Text(
            vi=f"Tỷ lệ theo: {first.vi.lower()}", en=f"Share of cases by {first.en.lower()}"
        ),
        columns=(first, Text(vi="Tỷ lệ", en="Share")),
        rows=tuple((name, share(code)) for code, name in names.items()),
    )

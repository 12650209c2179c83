"""The programme's section of a periodic report.

Source: domain page of the programmes, §3.5: injuries by cause and outcome, drowning by water, age
and place. Safe Home, swimming and the flood season stand in ``prevention``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import AGE_BANDS, Paragraph, ReportSection, Table, Text
from core.plugin_api.wording import (
    change,
    counted,
    difference,
    join,
    labels,
    no_figure,
    number,
    plural,
)
from plugins.drowning_prevention import codes, measures, prevention

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api import Block, Breakdown, Cell, Figure, SectionContext

    _Pair = tuple[Figure | None, Figure | None]

_CHILD = Text(vi="trẻ", en="children")
_ALL = Text(vi="Tổng số", en="All")
_AGES = {
    code: Text(vi=f"{low}–{high - 1} tuổi", en=f"{low}–{high - 1} years")
    for low, high, code in AGE_BANDS
    if high <= measures.CHILD_BELOW
}


def write(context: SectionContext) -> Sequence[Block]:
    """Sentences first, then the tables they rest on."""
    return (
        _drowning(context),
        _injuries(context),
        _table_by_cause(context),
        _table_of_drowning(context),
        prevention.safe_home(context),
        prevention.table_of_homes(context),
        prevention.swimming(context),
        prevention.table_of_swimming(context),
        prevention.flood_season(context),
        prevention.table_of_places(context),
    )


SECTION = ReportSection(
    code="drowning_prevention.section",
    title=Text(
        vi="Phòng, chống tai nạn, thương tích và đuối nước trẻ em",
        en="Prevention of child injury and drowning",
    ),
    write=write,
    order=10,
)


def _drowning(context: SectionContext) -> Paragraph:
    now = context.indicator("DRW-01")
    before = context.indicator("DRW-01", last_year=True)
    deaths = counted(now)
    if deaths is None:
        subject = Text(vi="trẻ em tử vong do đuối nước", en="child drowning deaths")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if deaths == 0:
        nothing = Text(
            vi=f"Trong kỳ không phát sinh trường hợp trẻ em tử vong do đuối nước, {changed.vi}.",
            en=f"No child died by drowning in the period, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(deaths)
    counted_deaths = Text(
        vi=f"Trong kỳ, toàn tỉnh ghi nhận {total.vi} trẻ em tử vong do đuối nước, {changed.vi}.",
        en=f"In the period, {total.en} {plural(deaths, 'child', 'children')} died by drowning "
        f"in the province, {changed.en}.",
    )
    where = _most(context.by(measures.DROWNING_DEATHS_BY_PLACE, "detail"), labels(codes.PLACES))
    ages = _most(context.by(measures.DROWNING_DEATHS, "age_band"), _AGES)
    return Paragraph(join(counted_deaths, *_mostly(deaths, where, ages)), (now, before))


def _mostly(deaths: int, where: Text | None, ages: Text | None) -> tuple[Text, ...]:
    """Where and at which ages; of one child there is no "mostly"."""
    if deaths == 1 or where is None or ages is None:
        return ()
    return (
        Text(
            vi=f"Các vụ việc chủ yếu xảy ra tại: {where.vi}; nhóm tuổi: {ages.vi}.",
            en=f"Most happened at: {where.en}; age group: {ages.en}.",
        ),
    )


def _injuries(context: SectionContext) -> Paragraph:
    now = context.indicator("DRW-03")
    before = context.indicator("DRW-03", last_year=True)
    deaths = context.measure(measures.INJURY_DEATHS)
    injured = counted(now)
    if injured is None:
        subject = Text(vi="trẻ em bị tai nạn, thương tích", en="injured children")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if injured == 0:
        nothing = Text(
            vi=f"Trong kỳ không phát sinh trường hợp trẻ em bị tai nạn, thương tích, {changed.vi}.",
            en=f"No child was injured in the period, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(injured)
    sentence = Text(
        vi=f"Có {total.vi} trẻ em bị tai nạn, thương tích ({changed.vi}){_died(deaths).vi}.",
        en=f"{total.en} {plural(injured, 'child was', 'children were')} injured ({changed.en})"
        f"{_died(deaths).en}.",
    )
    causes = _most(context.by(measures.INJURIES, "detail"), labels(codes.CAUSES))
    if injured == 1 or causes is None:
        return Paragraph(sentence, (now, before, deaths))
    commonest = Text(
        vi=f"Nguyên nhân nhiều nhất: {causes.vi}.", en=f"Most frequent cause: {causes.en}."
    )
    return Paragraph(join(sentence, commonest), (now, before, deaths))


def _died(deaths: Figure) -> Text:
    """The clause on deaths among the injured."""
    count = counted(deaths)
    if count is None:
        return Text(vi="; chưa có số liệu về tử vong", en="; deaths are not yet reported")
    if count == 0:
        return Text(vi=", không có trẻ em tử vong", en=", none of whom died")
    died = number(count)
    return Text(vi=f", trong đó {died.vi} trẻ em tử vong", en=f", of whom {died.en} died")


def _most(cells: Mapping[str, Figure], names: Mapping[str, Text]) -> Text | None:
    """The most frequent of the cells, several when they tie; none when a cell is not counted."""
    counts = {code: counted(figure) for code, figure in cells.items() if code in names}
    known = {code: count for code, count in counts.items() if count is not None}
    highest = max(known.values(), default=0)
    if len(known) < len(counts) or highest == 0:
        return None
    chosen = [names[code] for code, count in known.items() if count == highest]
    return Text(
        vi=", ".join(name.vi.lower() for name in chosen),
        en=", ".join(name.en.lower() for name in chosen),
    )


def _table_by_cause(context: SectionContext) -> Table:
    year = context.year - 1
    injured = context.by(measures.INJURIES, "detail")
    injured_before = context.by(measures.INJURIES, "detail", last_year=True)
    died = context.by(measures.INJURY_DEATHS, "detail")
    died_before = context.by(measures.INJURY_DEATHS, "detail", last_year=True)

    total = _row_of_cause(
        _ALL,
        (
            context.measure(measures.INJURIES),
            context.measure(measures.INJURIES, last_year=True),
        ),
        (
            context.measure(measures.INJURY_DEATHS),
            context.measure(measures.INJURY_DEATHS, last_year=True),
        ),
    )
    return Table(
        caption=Text(
            vi="Trẻ em bị tai nạn, thương tích theo nguyên nhân", en="Injured children by cause"
        ),
        columns=(
            Text(vi="Nguyên nhân", en="Cause"),
            Text(vi="Số trẻ em bị nạn trong kỳ", en="Injured in the period"),
            Text(vi=f"Cùng kỳ năm {year}", en=f"Same period of {year}"),
            Text(vi="Tăng, giảm", en="Change"),
            Text(vi="Trong đó: tử vong trong kỳ", en="Of whom died"),
            Text(vi=f"Tử vong cùng kỳ năm {year}", en=f"Died, same period of {year}"),
            Text(vi="Tăng, giảm", en="Change"),
        ),
        rows=(
            *(
                _row_of_cause(
                    name,
                    (injured.get(code), injured_before.get(code)),
                    (died.get(code), died_before.get(code)),
                )
                for code, name in labels(codes.CAUSES).items()
            ),
            total,
        ),
        note=Text(vi="Tính trẻ em dưới 16 tuổi.", en="Children under 16."),
    )


def _row_of_cause(name: Text, injured: _Pair, died: _Pair) -> tuple[Cell, ...]:
    return (name, *injured, difference(*injured), *died, difference(*died))


def _table_of_drowning(context: SectionContext) -> Table:
    return Table(
        caption=Text(
            vi="Trẻ em bị đuối nước theo loại nguồn nước và nhóm tuổi",
            en="Drowning by kind of water and age group",
        ),
        columns=(
            Text(vi="Phân tổ", en="Breakdown"),
            Text(vi="Nhóm", en="Group"),
            Text(vi="Số trẻ em bị đuối nước", en="Children who drowned or nearly drowned"),
            Text(vi="Trong đó: tử vong", en="Of whom died"),
        ),
        rows=(
            *_rows_of_drowning(
                context, "detail", Text(vi="Nguồn nước", en="Water"), labels(codes.WATER_TYPES)
            ),
            *_rows_of_drowning(context, "age_band", Text(vi="Nhóm tuổi", en="Age group"), _AGES),
        ),
        note=Text(vi="Tính trẻ em dưới 16 tuổi.", en="Children under 16."),
    )


def _rows_of_drowning(
    context: SectionContext, breakdown: Breakdown, kind: Text, names: Mapping[str, Text]
) -> list[tuple[Cell, ...]]:
    every = context.by(measures.DROWNINGS, breakdown)
    deaths = context.by(measures.DROWNING_DEATHS, breakdown)
    return [(kind, name, every.get(code), deaths.get(code)) for code, name in names.items()]

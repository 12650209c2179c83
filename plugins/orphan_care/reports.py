"""The programme's section of a periodic report.

Source: domain page of the programmes, §6.7. HIV stands in it as one number of the province.
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
    million_vnd,
    no_figure,
    number,
    percent,
    plural,
)
from plugins.orphan_care import codes, measures
from plugins.orphan_care.benefits import codes as benefit_codes
from plugins.orphan_care.care import codes as care_codes
from plugins.orphan_care.relief import codes as relief_codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api import Block, Breakdown, Cell, Figure, SectionContext

_CHILD = Text(vi="trẻ", en="children")
_GROUP = Text(vi="Nhóm", en="Group")
_ITEM = Text(vi="Nội dung", en="Item")
_ALL = Text(vi="Tổng số", en="All")
_WITHOUT_HIV = Text(
    vi="Chưa gồm trẻ em nhiễm HIV/AIDS.", en="Children with HIV/AIDS are not included."
)
_AGES = {
    code: Text(
        vi=f"Từ {low} đến dưới {high} tuổi" if low else f"Dưới {high} tuổi",
        en=f"{low} to under {high}" if low else f"Under {high}",
    )
    for low, high, code in AGE_BANDS
}


def write(context: SectionContext) -> Sequence[Block]:
    """Sentences first, then the tables they rest on."""
    return (
        _in_care(context),
        _newly_detected(context),
        _supported(context),
        _dossiers(context),
        _hiv(context),
        _table(
            context,
            measures.IN_CARE,
            Text(vi="Trẻ em đang được quản lý, theo nhóm", en="Children in care by group"),
        ),
        _table_of_sex_and_age(context),
        _table(
            context,
            measures.DETECTED,
            Text(vi="Trẻ em phát hiện mới trong kỳ, theo nhóm", en="Newly detected by group"),
        ),
        _table_of_support(context),
        _table_of_dossiers(context),
        _table_of_care(context),
        _table_of_items(
            context,
            Text(vi="Nhận đỡ đầu", en="Sponsorship"),
            (
                (Text(vi="Trẻ em được nhận đỡ đầu", en="Children sponsored"), measures.SPONSORED),
                (Text(vi="Kinh phí (đồng)", en="Amount (VND)"), measures.SPONSORED_VND),
            ),
        ),
        _table_of_disasters(context),
    )


SECTION = ReportSection(
    code="orphan_care.section",
    title=Text(
        vi="Chăm sóc trẻ em mồ côi, trẻ em có hoàn cảnh đặc biệt",
        en="Care of orphaned children and children in special circumstances",
    ),
    write=write,
    order=40,
)


def _in_care(context: SectionContext) -> Paragraph:
    now = context.indicator("ORP-01")
    before = context.indicator("ORP-01", last_year=True)
    in_care = counted(now)
    if in_care is None:
        subject = Text(vi="trẻ em đang được quản lý, chăm sóc", en="children in care")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if in_care == 0:
        nothing = Text(
            vi="Cuối kỳ, toàn tỉnh không có trẻ em thuộc các nhóm của Đề án 647 đang được quản "
            f"lý, {changed.vi}.",
            en=f"At the end of the period no child of the groups of Decision 647 is in care in the "
            f"province, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(in_care)
    sentence = Text(
        vi=f"Toàn tỉnh quản lý {total.vi} trẻ em thuộc các nhóm của Đề án 647, {changed.vi}.",
        en=f"{total.en} {plural(in_care, 'child', 'children')} of the groups of Decision 647 "
        f"{plural(in_care, 'is', 'are')} in care in the province, {changed.en}.",
    )
    return Paragraph(sentence, (now, before))


def _newly_detected(context: SectionContext) -> Paragraph:
    now = context.indicator("ORP-05")
    before = context.indicator("ORP-05", last_year=True)
    detected = counted(now)
    if detected is None:
        subject = Text(vi="trẻ em phát hiện mới", en="newly detected children")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if detected == 0:
        nothing = Text(
            vi=f"Trong kỳ không phát sinh trường hợp trẻ em phát hiện mới, {changed.vi}.",
            en=f"No child was newly detected in the period, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(detected)
    sentence = Text(
        vi=f"Trong kỳ phát hiện mới {total.vi} trẻ em, {changed.vi}.",
        en=f"{total.en} {plural(detected, 'child was', 'children were')} newly detected in the "
        f"period, {changed.en}.",
    )
    return Paragraph(sentence, (now, before))


def _supported(context: SectionContext) -> Paragraph:
    """Who is supported in the community, who has an allowance, and what was paid."""
    share = context.indicator("ORP-02")
    receiving = context.measure(measures.ALLOWANCES)
    paid = context.measure(measures.PAID_VND)
    part, children, money = percent(share), counted(receiving), counted(paid)
    if children is None or money is None:
        subject = Text(vi="trợ cấp hằng tháng", en="monthly allowances")
        return Paragraph(no_figure(receiving, subject), (receiving,))
    if children == 0:
        rest = Text(
            vi="chưa có trẻ em hưởng trợ cấp hằng tháng.",
            en="no child receives a monthly allowance.",
        )
    else:
        count, sum_of_money = number(children), million_vnd(money)
        rest = Text(
            vi=f"{count.vi} trẻ được hưởng trợ cấp hằng tháng với kinh phí {sum_of_money.vi}.",
            en=f"{count.en} {plural(children, 'child receives', 'children receive')} a monthly "
            f"allowance, {sum_of_money.en} in all.",
        )
    sentence = rest
    if part:
        sentence = Text(
            vi=f"{part.vi} trẻ em đủ điều kiện được hỗ trợ, chăm sóc tại cộng đồng; {rest.vi}",
            en=f"{part.en} of the eligible children are supported in the community; {rest.en}",
        )
    capital = Text(
        vi=sentence.vi[0].upper() + sentence.vi[1:], en=sentence.en[0].upper() + sentence.en[1:]
    )
    return Paragraph(capital, (share, receiving, paid))


def _dossiers(context: SectionContext) -> Paragraph:
    all_of_them = context.measure(measures.DOSSIERS)
    to_complete = context.measure(measures.DOSSIERS_INCOMPLETE)
    begun, guided = counted(all_of_them), counted(to_complete)
    if begun is None or guided is None:
        subject = Text(vi="hồ sơ của trẻ em", en="children's dossiers")
        return Paragraph(no_figure(all_of_them, subject), (all_of_them,))
    if begun == 0:
        nothing = Text(
            vi="Trong kỳ không phát sinh hồ sơ mới.", en="No dossier was begun in the period."
        )
        return Paragraph(nothing, (all_of_them,))
    total, rest = number(begun), number(guided)
    if guided == 0:
        whole = Text(
            vi=f"Trong kỳ lập {total.vi} hồ sơ; không có hồ sơ phải hướng dẫn bổ sung.",
            en=f"{total.en} {plural(begun, 'dossier was', 'dossiers were')} begun in the period; "
            "none had to be completed.",
        )
        return Paragraph(whole, (all_of_them, to_complete))
    sentence = Text(
        vi=f"Trong kỳ lập {total.vi} hồ sơ; rà soát, hướng dẫn bổ sung {rest.vi} hồ sơ.",
        en=f"{total.en} {plural(begun, 'dossier was', 'dossiers were')} begun in the period; "
        f"{rest.en} {plural(guided, 'was', 'were')} to be completed.",
    )
    return Paragraph(sentence, (all_of_them, to_complete))


def _hiv(context: SectionContext) -> Paragraph:
    """One number of the whole province, and nothing that could be cut from it."""
    now = context.indicator("ORP-11")
    managed = counted(now)
    if managed is None:
        subject = Text(vi="trẻ em nhiễm HIV/AIDS được quản lý trường hợp", en="managed HIV cases")
        return Paragraph(no_figure(now, subject), (now,))
    if managed == 0:
        nothing = Text(
            vi="Không có trẻ em nhiễm HIV/AIDS đang được quản lý trường hợp.",
            en="No child with HIV/AIDS is in case management.",
        )
        return Paragraph(nothing, (now,))
    total = number(managed)
    sentence = Text(
        vi=f"Toàn tỉnh quản lý trường hợp {total.vi} trẻ em nhiễm HIV/AIDS.",
        en=f"{total.en} {plural(managed, 'child', 'children')} with HIV/AIDS "
        f"{plural(managed, 'is', 'are')} in case management in the province.",
    )
    return Paragraph(sentence, (now,))


def _table(context: SectionContext, measure: str, caption: Text) -> Table:
    return Table(
        caption=caption,
        columns=compared_columns(_GROUP, year=context.year - 1),
        rows=(*_by_detail(context, measure, labels(codes.GROUPS)), _whole(context, _ALL, measure)),
        note=_WITHOUT_HIV,
    )


def _table_of_sex_and_age(context: SectionContext) -> Table:
    """Each on its own; children detected before both were asked stand in neither."""
    groups: tuple[tuple[Breakdown, Mapping[str, Text]], ...] = (
        ("sex", labels(codes.SEXES)),
        ("age_band", _AGES),
    )
    rows = []
    for breakdown, names in groups:
        now = context.by(measures.IN_CARE, breakdown)
        before = context.by(measures.IN_CARE, breakdown, last_year=True)
        rows += [
            compared(name, now.get(code), before.get(code))
            for code, name in names.items()
            if code in now
        ]
    return Table(
        caption=Text(
            vi="Trẻ em đang được quản lý, theo giới tính và tuổi khi phát hiện",
            en="Children in care by sex and by age at detection",
        ),
        columns=compared_columns(_GROUP, year=context.year - 1),
        rows=tuple(rows),
        note=_WITHOUT_HIV,
    )


def _table_of_support(context: SectionContext) -> Table:
    """By group: eligible, supported; and the allowances of all."""
    eligible = context.by(measures.ELIGIBLE, "detail")
    supported = context.by(measures.SUPPORTED, "detail")
    names = labels(codes.GROUPS)
    rows: list[tuple[Cell, ...]] = [
        (names[code], eligible.get(code), supported.get(code)) for code in codes.ELIGIBLE
    ]
    rows.append((_ALL, context.measure(measures.ELIGIBLE), context.measure(measures.SUPPORTED)))
    return Table(
        caption=Text(
            vi="Hỗ trợ, chăm sóc tại cộng đồng, theo nhóm", en="Support in the community by group"
        ),
        columns=(
            _GROUP,
            Text(vi="Đủ điều kiện", en="Eligible"),
            Text(vi="Được hỗ trợ", en="Supported"),
        ),
        rows=tuple(rows),
        note=_WITHOUT_HIV,
    )


def _table_of_dossiers(context: SectionContext) -> Table:
    begun = context.by(measures.DOSSIERS, "detail")
    complete = context.by(measures.DOSSIERS_COMPLETE, "detail")
    rows: list[tuple[Cell, ...]] = [
        (name, begun.get(code), complete.get(code))
        for code, name in labels(benefit_codes.DOSSIERS).items()
    ]
    rows.append(
        (
            _ALL,
            context.measure(measures.DOSSIERS),
            context.measure(measures.DOSSIERS_COMPLETE),
        )
    )
    return Table(
        caption=Text(vi="Hồ sơ lập trong kỳ", en="Dossiers begun in the period"),
        columns=(
            Text(vi="Loại hồ sơ", en="Kind"),
            Text(vi="Số hồ sơ", en="Dossiers"),
            Text(vi="Đủ thành phần", en="Complete"),
        ),
        rows=tuple(rows),
    )


def _table_of_care(context: SectionContext) -> Table:
    return Table(
        caption=Text(vi="Chăm sóc thay thế và biến động", en="Alternative care and movements"),
        columns=compared_columns(_ITEM, year=context.year - 1),
        rows=(
            *_by_detail(context, measures.CARE, labels(care_codes.CARE_TYPES)),
            _whole(context, _ALL, measures.CARE),
            _whole(
                context,
                Text(vi="Chuyển từ cơ sở về trong kỳ", en="Moved from a facility"),
                measures.MOVED,
            ),
            _whole(context, Text(vi="Lượt thăm đến hạn", en="Visits due"), measures.VISITS_DUE),
            _whole(
                context,
                Text(vi="Trong đó: đúng hạn", en="Of which: on time"),
                measures.VISITS_ON_TIME,
            ),
            _whole(
                context,
                Text(vi="Lượt khám sức khỏe tại cơ sở", en="Health services at centres"),
                measures.HEALTH_SERVICES,
            ),
        ),
    )


def _table_of_disasters(context: SectionContext) -> Table:
    affected = context.by(measures.AFFECTED, "detail")
    supported = context.by(measures.DISASTER_SUPPORTED, "detail")
    rows: list[tuple[Cell, ...]] = [
        (name, affected.get(code), supported.get(code))
        for code, name in labels(relief_codes.DISASTERS).items()
    ]
    rows.append(
        (
            _ALL,
            context.measure(measures.AFFECTED),
            context.measure(measures.DISASTER_SUPPORTED),
        )
    )
    return Table(
        caption=Text(
            vi="Trẻ em bị ảnh hưởng bởi thiên tai, thảm họa", en="Disaster-affected children"
        ),
        columns=(
            Text(vi="Loại", en="Kind"),
            Text(vi="Bị ảnh hưởng", en="Affected"),
            Text(vi="Được hỗ trợ", en="Supported"),
        ),
        rows=tuple(rows),
    )


def _table_of_items(
    context: SectionContext, caption: Text, items: Sequence[tuple[Text, str]]
) -> Table:
    return Table(
        caption=caption,
        columns=compared_columns(_ITEM, year=context.year - 1),
        rows=tuple(_whole(context, name, code) for name, code in items),
    )


def _by_detail(
    context: SectionContext, measure: str, names: Mapping[str, Text]
) -> tuple[tuple[Cell, ...], ...]:
    now: Mapping[str, Figure] = context.by(measure, "detail")
    before = context.by(measure, "detail", last_year=True)
    return tuple(compared(name, now.get(code), before.get(code)) for code, name in names.items())


def _whole(context: SectionContext, name: Text, measure: str) -> tuple[Cell, ...]:
    return compared(name, context.measure(measure), context.measure(measure, last_year=True))

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
    percent,
    plural,
)
from plugins.sexual_abuse import codes, measures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api import Block, Breakdown, Cell, Figure, SectionContext

# With fewer cases even age and sex, each on its own, would describe a child who is known to many.
ENOUGH_FOR_TABLES = 5
ENOUGH_FOR_SHARES = 20
PANELS_PLANNED = "AG-A21"
_CASES = Text(vi="trường hợp", en="cases")
_AGES = {
    code: Text(
        vi=f"Từ {low} đến dưới {high} tuổi" if low else f"Dưới {high} tuổi",
        en=f"{low} to under {high}" if low else f"Under {high}",
    )
    for low, high, code in AGE_BANDS
}


def write(context: SectionContext) -> Sequence[Block]:
    """The sentences; tables of cases only over so many that they describe nobody."""
    opening: tuple[Block, ...] = (_detected(context), *_helped(context))
    prevention: tuple[Block, ...] = (*_prevented(context), _table_of_prevention(context))
    total = counted(context.indicator("ABU-01"))
    if total is None or total < ENOUGH_FOR_TABLES:
        return (*opening, *prevention)
    tables = [_table_of_children(context), _table_of_response(context), _table_of_time(context)]
    if total >= ENOUGH_FOR_SHARES:
        tables += [
            _table_of_shares(context, measures.DETECTED, _SETTING, labels(codes.SETTINGS)),
            _table_of_shares(context, measures.BY_RELATION, _RELATION, labels(codes.RELATIONS)),
            _table_of_details(
                context,
                measures.SERVICES,
                Text(vi="Dịch vụ", en="Services"),
                labels(codes.SERVICES),
            ),
            _table_of_details(
                context,
                measures.STAGES,
                Text(vi="Giai đoạn tố tụng", en="Stage of proceedings"),
                labels(codes.STAGES),
            ),
        ]
    return (*opening, *tables, *prevention)


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


def _helped(context: SectionContext) -> tuple[Paragraph, ...]:
    """Helped in time: a share over enough cases, over fewer the count."""
    now, all_cases = context.indicator("ABU-02"), counted(context.indicator("ABU-01"))
    helped = context.measure(measures.HELPED_IN_TIME)
    in_time = counted(helped)
    if not all_cases or in_time is None:
        return ()
    share = percent(now)
    if share is None or all_cases < ENOUGH_FOR_TABLES:
        count = number(in_time)
        told = Text(
            vi=f"{count.vi} trường hợp được hỗ trợ, can thiệp, quản lý trường hợp theo quy định.",
            en=f"{count.en} {plural(in_time, 'case was', 'cases were')} helped and managed as the "
            "rules ask.",
        )
        return (Paragraph(told, (helped,)),)
    told = Text(
        vi=f"{share.vi} trường hợp được hỗ trợ, can thiệp, quản lý trường hợp theo quy định.",
        en=f"{share.en} of the cases were helped and managed as the rules ask.",
    )
    return (Paragraph(told, (now,)),)


def _prevented(context: SectionContext) -> tuple[Paragraph, ...]:
    """Events in communities and schools, and the panels."""
    events, people = context.indicator("ABU-08"), context.measure(measures.COMMUNITY_PEOPLE)
    at_school, schools = context.indicator("ABU-09"), context.measure(measures.SCHOOLS)
    panels = context.indicator("ABU-10")
    figures = (events, people, at_school, schools)
    counts = [counted(one) for one in figures]
    if any(one is None for one in counts):
        subject = Text(vi="hoạt động phòng, chống xâm hại tình dục", en="prevention")
        return (Paragraph(no_figure(events, subject), (events,)),)
    c, t, k, s = ((one or 0) for one in counts)
    if c + k == 0:
        told = Text(
            vi="Trong kỳ chưa tổ chức cuộc truyền thông nào.", en="No event was held in the period."
        )
    else:
        community, school = _in_communities(c, t), _in_schools(k, s)
        told = Text(
            vi=f"{community.vi}; {school.vi}.",
            en=f"{community.en}; {school.en}.",
        )
    return (Paragraph(told, figures), *_panels(context, panels))


def _in_communities(events: int, people: int) -> Text:
    if not events:
        return Text(
            vi="Chưa tổ chức cuộc truyền thông nào tại cộng đồng",
            en="No event was held in communities",
        )
    return Text(
        vi=f"Tổ chức {number(events).vi} cuộc truyền thông tại cộng đồng cho {number(people).vi} "
        "lượt người",
        en=f"{number(events).en} {plural(events, 'event was', 'events were')} held in communities "
        f"for {number(people).en} people",
    )


def _in_schools(events: int, schools: int) -> Text:
    if not events:
        return Text(
            vi="chưa tổ chức tại trường trung học cơ sở", en="none at lower secondary schools"
        )
    return Text(
        vi=f"{number(events).vi} cuộc tại {number(schools).vi} trường trung học cơ sở",
        en=f"{number(events).en} at {number(schools).en} lower secondary "
        f"{plural(schools, 'school', 'schools')}",
    )


def _panels(context: SectionContext, figure: Figure) -> tuple[Paragraph, ...]:
    """Installed of those planned, where the province planned any."""
    installed, planned = counted(figure), context.planned(PANELS_PLANNED)
    if installed is None or (installed == 0 and not planned):
        return ()
    of = f"/{planned}" if planned else ""
    told = Text(
        vi=f"Lắp đặt {number(installed).vi}{of} biển pa-nô giới thiệu Tổng đài quốc gia bảo vệ trẻ "
        "em 111.",
        en=f"{number(installed).en}{of} {plural(installed, 'panel', 'panels')} for the national "
        f"child-protection hotline 111 {plural(installed, 'was', 'were')} installed.",
    )
    return (Paragraph(told, (figure,)),)


def _table_of_children(context: SectionContext) -> Table:
    """By age and by sex, not crossed: a crossed cell could tell of a single child."""
    groups: tuple[tuple[Breakdown, Mapping[str, Text]], ...] = (
        ("age_band", _AGES),
        ("sex", labels(codes.SEXES)),
    )
    rows = []
    for breakdown, names in groups:
        now = context.by(measures.DETECTED, breakdown)
        before = context.by(measures.DETECTED, breakdown, last_year=True)
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
        measures.DETECTED: Text(vi="Số trường hợp tiếp nhận", en="Cases received"),
        measures.NOT_SAFE: Text(
            vi="Trong đó: trẻ chưa an toàn khi tiếp nhận", en="Of which: child not safe at intake"
        ),
        measures.POLICE_INFORMED: Text(
            vi="Trong đó: đã báo công an", en="Of which: police informed"
        ),
        measures.ONLINE: Text(vi="Trong đó: có yếu tố trên mạng", en="Of which: partly online"),
    }
    return Table(
        caption=Text(vi="Tiếp nhận và thông báo", en="Receiving and informing"),
        columns=compared_columns(Text(vi="Nội dung", en="Item"), year=context.year - 1),
        rows=tuple(
            compared(name, context.measure(code), context.measure(code, last_year=True))
            for code, name in names.items()
        ),
    )


def _table_of_time(context: SectionContext) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, context.measure(done), context.measure(due))
        for name, done, due in (
            (
                Text(vi="Can thiệp khẩn cấp trong 12 giờ", en="Emergency within 12 hours"),
                measures.EMERGENCIES_ON_TIME,
                measures.NOT_SAFE,
            ),
            (
                Text(vi="Trình kế hoạch trong 05 ngày làm việc", en="Plan within 5 working days"),
                measures.PLANS_ON_TIME,
                measures.DETECTED,
            ),
            (
                Text(vi="Hỗ trợ, can thiệp kịp thời", en="Helped in time"),
                measures.HELPED_IN_TIME,
                measures.DETECTED,
            ),
            (
                Text(vi="Chăm sóc y tế, tâm lý", en="Medical and psychological care"),
                measures.CARE,
                measures.NEEDS_CARE,
            ),
            (
                Text(vi="Trợ giúp pháp lý trong tố tụng", en="Legal aid in proceedings"),
                measures.LEGAL_AID,
                measures.IN_PROCEEDINGS,
            ),
        )
    ]
    return Table(
        caption=Text(vi="Hỗ trợ đúng thời hạn (toàn tỉnh)", en="Response in time (province)"),
        columns=(
            Text(vi="Nội dung", en="Item"),
            Text(vi="Đã thực hiện", en="Done"),
            Text(vi="Phải thực hiện", en="Due"),
        ),
        rows=tuple(rows),
    )


def _table_of_prevention(context: SectionContext) -> Table:
    names = {
        measures.COMMUNITY_EVENTS: Text(vi="Cuộc tại cộng đồng", en="Community events"),
        measures.COMMUNITY_PEOPLE: Text(vi="Lượt người tham gia", en="People reached"),
        measures.SCHOOL_EVENTS: Text(vi="Cuộc tại trường THCS", en="School events"),
        measures.SCHOOLS: Text(vi="Trường THCS", en="Lower secondary schools"),
        measures.PANELS: Text(vi="Biển pa-nô 111 đã lắp", en="Panels for 111 installed"),
        measures.COMMUNES_READY: Text(vi="Xã có quản lý trường hợp", en="Communes ready"),
    }
    return Table(
        caption=Text(vi="Hoạt động phòng, chống", en="Prevention"),
        columns=compared_columns(Text(vi="Nội dung", en="Item"), year=context.year - 1),
        rows=tuple(
            compared(name, context.measure(code), context.measure(code, last_year=True))
            for code, name in names.items()
        ),
    )


def _table_of_details(
    context: SectionContext, measure: str, first: Text, names: Mapping[str, Text]
) -> Table:
    now = context.by(measure, "detail")
    before = context.by(measure, "detail", last_year=True)
    return Table(
        caption=Text(vi=f"{first.vi} (toàn tỉnh)", en=f"{first.en} (whole province)"),
        columns=compared_columns(first, year=context.year - 1),
        rows=tuple(compared(name, now.get(code), before.get(code)) for code, name in names.items()),
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

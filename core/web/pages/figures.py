"""Figures, and what stands behind each: definition, parts, places, freshness, records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Response

from core.areas.repository import area_names
from core.audit.service import Action, record
from core.exports.service import Heading, to_file
from core.exports.table import MEDIA_TYPES, ExportTable, parse_format
from core.forms.shown import shown_value
from core.indicators.door import FigureDoor
from core.indicators.estimate import estimate
from core.indicators.opened import ELSEWHERE
from core.kit.language import Text
from core.kit.numbers import format_date
from core.kit.periods import Period
from core.plugin_api.documents import FigureState
from core.plugin_api.figures import Average, Ratio, measures_in
from core.reports.html import figure_text
from core.web.actions import figures as actions
from core.web.actions.figures import READ, Asked, asked_for
from core.web.actions.forms import records_of
from core.web.answers import ANY_FILE
from core.web.downloads import streamed_download
from core.web.fields import FieldView
from core.web.pages.paging import PAGE_SIZE
from core.web.rendering import page
from core.web.routing import reading
from core.web.svg import Bar, Line, bar_chart, line_chart
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.indicators.opened import Opened, Place
    from core.plugin_api.documents import Figure
    from core.plugin_api.figures import Breakdown, Indicator, Measure

_BREAKDOWNS: Mapping[Breakdown, Text] = {
    "sex": Text("Theo giới tính", "By sex"),
    "age_band": Text("Theo nhóm tuổi", "By age"),
    "detail": Text("Theo loại", "By kind"),
}
_SEXES = {"male": Text("Nam", "Boys"), "female": Text("Nữ", "Girls")}
_NOT_STATED = Text("Không ghi", "Not stated")
_ABOVE = Text("Tử số", "Above the line")
_BELOW = Text("Mẫu số", "Below the line")


@reading("/figures", permission=READ)
def figures_page(
    work: Work,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Response[str]:
    """Every indicator that the program counts, by programme, each a way to what it is made of."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=None)
    return page(
        work,
        "figures.html",
        path="/figures",
        asked=asked,
        name=work.tell(asked.name),
        fields=_fields(work, asked),
        groups=_groups(work, asked),
        download=asked.address("/figures/table"),
    )


@reading("/figures/table", permission=READ, writes=True, answers={200: ANY_FILE})
def figures_table(
    work: Work,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
    format: str = "xlsx",  # noqa: A002  the word of the address
) -> Response[Any]:
    """The same table as a file, numbers as numbers."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=None)
    door = actions.make_figure_door(work)
    labels = (
        Text("Mã", "Code"),
        Text("Chỉ tiêu", "Indicator"),
        Text("Đơn vị tính", "Unit"),
        Text("Số liệu", "Figure"),
        Text("Cùng kỳ năm trước", "Same days last year"),
        Text("Phiên bản định nghĩa", "Version of the definition"),
    )
    rows = [
        (
            indicator.code,
            work.tell(indicator.name),
            work.tell(indicator.unit),
            _value(work, door.indicator(indicator.code, asked.window)),
            _value(work, door.indicator(indicator.code, asked.window.year_earlier())),
            indicator.version,
        )
        for _, indicators in _by_owner(work)
        for indicator in indicators
    ]
    title = work.tell(Text("Số liệu ", "Figures, ")) + work.tell(asked.name)
    return _file(work, title, labels, rows, form=format, name="figures")


@reading("/figures/{code:str}", permission=READ)
def figure_page(
    work: Work,
    code: str,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
    area: int | None = None,
) -> Response[str]:
    """One figure opened."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=area)
    it = actions.opened(work, code, asked)
    return page(
        work,
        "figure.html",
        path="/figures",
        it=it,
        indicator=it.indicator,
        definition="" if it.indicator is None else work.tell(it.indicator.definition),
        title=work.tell(it.name),
        name=work.tell(asked.name),
        place=_place_name(work, it.place),
        figure=figure_text(it.figure, work.language),
        last_year=figure_text(it.last_year, work.language),
        estimate=_estimate(work, it, asked),
        unit="" if it.indicator is None else work.tell(it.indicator.unit),
        measures=[_measure_row(work, it, asked, m, f) for m, f in it.measures],
        places=[_place_row(work, code, asked, place, figure) for place, figure in it.places],
        breakdowns=[
            (work.tell(_BREAKDOWNS[breakdown]), _part_rows(work, it, breakdown, parts))
            for breakdown, parts in it.breakdowns.items()
        ],
        chart=_chart(work, it),
        trend=_trend(work, code),
        fields=_fields(work, asked),
        back=asked.address("/figures"),
        here=f"/figures/{code}",
        download=asked.address(f"/figures/{code}/table"),
    )


@reading("/figures/{code:str}/table", permission=READ, writes=True, answers={200: ANY_FILE})
def figure_table(
    work: Work,
    code: str,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
    area: int | None = None,
    format: str = "xlsx",  # noqa: A002  the word of the address
) -> Response[Any]:
    """A figure by the units below and by its breakdowns, as a file."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=area)
    it = actions.opened(work, code, asked)
    labels = (
        Text("Phân theo", "By"),
        Text("Phần", "Part"),
        Text("Số liệu", "Figure"),
        Text("Tử số", "Above the line"),
        Text("Mẫu số", "Below the line"),
    )
    whole = work.tell(Text("Chung", "Whole"))
    parts = [(whole, _place_name(work, it.place), it.figure)]
    by_place = work.tell(Text("Địa bàn", "Place"))
    parts += [(by_place, _place_name(work, place), figure) for place, figure in it.places]
    for breakdown, figures in it.breakdowns.items():
        by = work.tell(_BREAKDOWNS[breakdown])
        parts += [(by, _part_name(work, it, breakdown, k), f) for k, f in figures.items()]
    rows = [(by, part, _value(work, f), f.numerator, f.denominator) for by, part, f in parts]
    title = f"{work.tell(it.name)} - {work.tell(asked.name)}"
    return _file(work, title, labels, rows, form=format, name=code.lower().replace(".", "-"))


@reading("/figures/{code:str}/records/{measure:str}", permission=READ, writes=True)
def figure_records(
    work: Work,
    code: str,
    measure: str,
    *,
    period: str | None = None,
    days: str | None = None,
    since: str | None = None,
    until: str | None = None,
    area: int | None = None,
    after: UUID | None = None,
) -> Response[str]:
    """The records that a figure counts, for those who may open them; page by page."""
    asked = asked_for(work, period=period, days=days, since=since, until=until, area=area)
    form, rows = actions.behind(work, code, measure, asked, after=after, limit=PAGE_SIZE)
    fields = {field.name: field for field in form.fields}
    named = [fields[name] for name in (rows[0].values if rows else ()) if name in fields]
    communes = [f.name for f in named if f.kind == "commune"]
    places = area_names(work.session, {r.values[n] for r in rows for n in communes} - {None})
    here = f"/figures/{code}/records/{measure}"
    return page(
        work,
        "figure_records.html",
        path="/figures",
        title=work.tell(form.title),
        name=work.tell(asked.name),
        code=code,
        back=asked.address(f"/figures/{code}"),
        columns=[{"label": work.tell(Text("Ngày tính", "Counted on"))}]
        + [{"label": work.tell(field.label)} for field in named],
        rows=[
            [
                {
                    "href": f"{_address(form)}/{row.id}",
                    "text": format_date(row.day, work.language),
                },
                *(shown_value(f, row.values[f.name], work.language, places) for f in named),
            ]
            for row in rows
        ],
        next_url=asked.address(here, after=str(rows[-1].id)) if len(rows) == PAGE_SIZE else None,
    )


def _address(form: Any) -> str:
    return "/children" if form.code == "core.child" else records_of(form)


def _by_owner(work: Work) -> list[tuple[str, list[Indicator]]]:
    """The indicators with a formula of core and of the programmes that are on, core first."""
    catalogue = work.programmes.catalogue
    names = {info.key: work.tell(info.name) for info in work.programmes.infos}
    core = work.tell(Text("Chung của công tác bảo vệ trẻ em", "All of child protection"))
    groups: dict[str, list[Indicator]] = {}
    for indicator in catalogue.indicators.values():
        if indicator.formula is not None:
            groups.setdefault(catalogue.owner_of[indicator.code], []).append(indicator)
    return [(names.get(owner, core), found) for owner, found in groups.items()]


def _groups(work: Work, asked: Asked) -> list[tuple[str, list[list[Any]]]]:
    door = actions.make_figure_door(work)
    return [
        (name, [_indicator_row(work, door, asked, indicator) for indicator in indicators])
        for name, indicators in _by_owner(work)
    ]


def _indicator_row(work: Work, door: FigureDoor, asked: Asked, indicator: Indicator) -> list[Any]:
    code = indicator.code
    before = door.indicator(code, asked.window.year_earlier())
    return [
        code,
        {"href": asked.address(f"/figures/{code}"), "text": work.tell(indicator.name)},
        work.tell(indicator.unit),
        figure_text(door.indicator(code, asked.window), work.language),
        figure_text(before, work.language),
    ]


def _measure_row(
    work: Work, it: Opened, asked: Asked, measure: Measure, figure: Figure
) -> list[Any]:
    name: Any = work.tell(measure.name)
    role = _role(it, measure)
    records = None
    if actions.form_of(work, it.code, measure.code) is not None:
        address = asked.address(f"/figures/{it.code}/records/{measure.code}")
        records = {"href": address, "text": work.tell(Text("Xem hồ sơ", "See the records"))}
    return [
        f"{work.tell(role)}: {name}" if role else name,
        figure_text(figure, work.language),
        records,
    ]


def _role(it: Opened, measure: Measure) -> Text | None:
    formula = None if it.indicator is None else it.indicator.formula
    above: tuple[str, ...] = ()
    if isinstance(formula, Ratio):
        above = measures_in(formula.numerator)
    elif isinstance(formula, Average):
        above = measures_in(formula.total)
    if not above:
        return None
    return _ABOVE if measure.code in above else _BELOW


def _place_row(work: Work, code: str, asked: Asked, place: Place, figure: Figure) -> list[Any]:
    name: Any = _place_name(work, place)
    if place.area is not None:
        address = Asked(asked.window, asked.name, asked.period, asked.days, place.area.id)
        name = {"href": address.address(f"/figures/{code}"), "text": name}
    return [name, figure_text(figure, work.language)]


def _place_name(work: Work, place: Place) -> str:
    if place.area is not None:
        return place.area.name
    return work.tenant.name_vi if place.communes is None else work.tell(ELSEWHERE)


def _part_rows(
    work: Work, it: Opened, breakdown: Breakdown, parts: Mapping[str, Figure]
) -> list[list[str]]:
    return [
        [_part_name(work, it, breakdown, key), figure_text(figure, work.language)]
        for key, figure in parts.items()
    ]


def _part_name(work: Work, it: Opened, breakdown: Breakdown, key: str) -> str:
    if not key:
        return work.tell(_NOT_STATED)
    if breakdown == "sex":
        return work.tell(_SEXES.get(key, Text(key, key)))
    if breakdown == "age_band":
        return key + work.tell(Text(" tuổi", " years"))
    options = (option for measure, _ in it.measures for option in measure.detail_options)
    return next((work.tell(o.label) for o in options if o.value == key), key)


def _estimate(work: Work, it: Opened, asked: Asked) -> str | None:
    """What the period may come to when it is not over; never shown as counted."""
    if not asked.period or it.indicator is None or it.place.communes is not None:
        return None
    whole = Period.parse(asked.period).window
    last = min(asked.window.end, work.today)
    if last >= whole.end or last < whole.start:
        return None
    counted = type(whole)(asked.window.start, last)
    catalogue = work.platform.registry.catalogue
    return figure_text(estimate(it.figure, it.indicator, catalogue, counted, whole), work.language)


def _chart(work: Work, it: Opened) -> Any:
    """The places as bars; none where there is nothing to compare."""
    shown = [(place, figure) for place, figure in it.places if place.area is not None]
    if len(shown) < 2 or it.indicator is None:  # noqa: PLR2004  two can be compared
        return None
    values = [figure.value for _, figure in shown]
    if all(value is None for value in values) or any(v is not None and v < 0 for v in values):
        return None
    bars = [
        Bar(_place_name(work, place), figure.value, _why(work, figure)) for place, figure in shown
    ]
    return bar_chart(bars, work.tell(it.indicator.unit), work.tell(it.name), language=work.language)


def _why(work: Work, figure: Figure) -> str:
    return "" if figure.state is FigureState.NUMBER else figure_text(figure, work.language)


def _trend(work: Work, code: str) -> dict[str, Any] | None:
    """What released reports said, as a line that breaks where the definition changed."""
    told = actions.told_before(work, code)
    kinds = {each.period.kind for each in told}
    lines = []
    for kind in ("quarter", "half_year", "year"):
        of_kind = [each for each in told if each.period.kind == kind]
        if kind in kinds and len(of_kind) > 1:
            lines.append(of_kind)
    if not told:
        return None
    series = max(lines, key=len, default=list(told))
    versions = sorted({each.version or 1 for each in series})
    charted = None
    if len(series) > 1 and all((each.figure.value or 0) >= 0 for each in series):
        charted = line_chart(
            [
                Line(
                    work.tell(Text(f"Định nghĩa phiên bản {v}", f"Definition, version {v}")),
                    [e.figure.value if (e.version or 1) == v else None for e in series],
                )
                for v in versions[-4:]
            ],
            [each.period.code for each in series],
            "",
            work.tell(Text("Qua các báo cáo đã gửi", "In the reports sent")),
            language=work.language,
        )
    rows: list[Sequence[Any]] = [
        [work.tell(e.period.name), figure_text(e.figure, work.language), e.version or 1]
        for e in told
    ]
    return {"chart": charted, "rows": rows, "breaks": len(versions) > 1}


def _fields(work: Work, asked: Asked) -> list[FieldView]:
    t = work.tell
    since, until = (
        ("", "")
        if asked.period
        else (format_date(asked.window.start), format_date(asked.window.end))
    )
    calendar = t(Text("Theo tháng dương lịch", "Calendar months"))
    closing = t(Text("Từ ngày 15 đến ngày 14", "From the 15th to the 14th"))
    return [
        FieldView(
            name="period",
            label=t(Text("Kỳ", "Period")),
            value=asked.period,
            required=False,
            help=t(
                Text(
                    "2018 là cả năm; 2018-H1 là 6 tháng đầu năm; 2018-Q3 là quý III; 2018-05",
                    "2018 is the year, 2018-H1 the first half, 2018-Q3 a quarter, 2018-05 May",
                )
            ),
        ),
        FieldView(
            name="days",
            label=t(Text("Cách tính ngày của kỳ", "Days of the period")),
            kind="select",
            value=asked.days,
            required=False,
            options=(("", calendar), (actions.ADMINISTRATIVE, closing)),
        ),
        FieldView(
            name="since",
            label=t(Text("Hoặc từ ngày", "Or from")),
            kind="date",
            value=since,
            required=False,
        ),
        FieldView(
            name="until",
            label=t(Text("Đến ngày", "Until")),
            kind="date",
            value=until,
            required=False,
        ),
    ]


def _value(work: Work, figure: Figure) -> Any:
    """A number for a cell of a file, rounded as it is read; else why there is none."""
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return figure_text(figure, work.language)
    return round(figure.value, 1) if figure.denominator is not None else int(figure.value)


def _file(
    work: Work,
    title: str,
    labels: Sequence[Text],
    rows: Sequence[Sequence[Any]],
    *,
    form: str,
    name: str,
) -> Response[Any]:
    chosen = parse_format(form)
    heading = Heading(
        province=work.tenant.name_vi if work.language == "vi" else work.tenant.name_en,
        moment=work.now,
        language=work.language,
        generated=work.platform.settings.generated_data,
    )
    table = ExportTable(
        title=title,
        notes=heading.lines(),
        columns=tuple(work.tell(label) for label in labels),
        rows=rows,
    )
    record(work.session, work.principal, Action.EXPORT, subject_kind="core.figures")
    made = to_file(table, chosen)
    return streamed_download(
        made.file, MEDIA_TYPES[chosen], name=f"{name}-{work.today:%Y%m%d}", extension=chosen
    )


handlers = [figures_page, figures_table, figure_page, figure_table, figure_records]

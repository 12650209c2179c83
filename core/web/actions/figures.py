"""Figures as pages and programs ask for them: a period or days, a place, and what lies behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import select

from core.audit.service import Action, record
from core.db.base import DataClass
from core.forms import service as forms
from core.indicators.behind import records_behind
from core.indicators.door import FigureDoor
from core.indicators.opened import open_figure, places_of
from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.numbers import format_date, parse_date
from core.kit.periods import Period, Window, administrative_window
from core.reports.models import Report, ReportFigure
from core.reports.section_context import thawed
from core.reports.year.states import FROZEN
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from uuid import UUID

    from core.indicators.behind import Behind
    from core.indicators.opened import Opened
    from core.plugin_api.documents import Figure
    from core.plugin_api.forms import Form
    from core.web.work import Work

READ = "core.figures.read"
ADMINISTRATIVE = "administrative"


@dataclass(frozen=True, slots=True)
class Asked:
    """The days and the place of a figure, as its address says."""

    window: Window
    name: Text
    period: str = ""
    days: str = ""
    area: int | None = None

    def address(self, path: str, **more: str | int) -> str:
        """The address of another page about the same days and place; what is empty is left out."""
        since, until = self.window.start.isoformat(), self.window.end.isoformat()
        chosen = {"period": self.period, "days": self.days} if self.period else {}
        named = chosen or {"since": since, "until": until}
        place = {} if self.area is None else {"area": self.area}
        values = {key: value for key, value in (named | place | more).items() if value != ""}
        return f"{path}?{urlencode(values)}"


def asked_for(
    work: Work,
    *,
    period: str | None,
    days: str | None,
    since: str | None,
    until: str | None,
    area: int | None,
) -> Asked:
    """What an address asks for; nothing: the year in which the tenant works.

    ``days=administrative`` takes a period from the 15th to the 14th. ``since`` and ``until`` are
    any days, both included.

    Raises:
        MalformedError: no such period or day, or the days end before they begin.
    """
    if since or until:
        first, last = parse_date(since or ""), parse_date(until or "")
        if last < first:
            raise MalformedError(_BACKWARDS)
        return days_asked(Window(first, last), area)
    year = str(work.working_day.year)
    chosen = Period.parse(period or year)
    if days != ADMINISTRATIVE:
        return Asked(chosen.window, chosen.name, chosen.code, area=area)
    window = administrative_window(chosen)
    name = Text(
        vi=f"{chosen.name.vi} ({format_date(window.start)} - {format_date(window.end)})",
        en=f"{chosen.name.en} ({format_date(window.start, 'en')} - "
        f"{format_date(window.end, 'en')})",
    )
    return Asked(window, name, chosen.code, ADMINISTRATIVE, area)


def days_asked(window: Window, area: int | None = None) -> Asked:
    """Any days of a place."""
    first, last = window.start, window.end
    name = Text(
        vi=f"Từ {format_date(first)} đến {format_date(last)}",
        en=f"{format_date(first, 'en')} to {format_date(last, 'en')}",
    )
    return Asked(window, name, area=area)


def make_figure_door(work: Work) -> FigureDoor:
    """The one door, over every installed programme."""
    return FigureDoor(work.session, work.platform.registry.catalogue)


def opened(work: Work, code: str, asked: Asked) -> Opened:
    """A figure with all that stands behind it.

    Raises:
        NotFoundError: nobody declares the code, or the area is none of the reader's.
    """
    return open_figure(work.session, make_figure_door(work), code, asked.window, asked.area)


@dataclass(frozen=True, slots=True)
class Told:
    """What a released report said of an indicator, and by which version of its definition."""

    period: Period
    figure: Figure
    version: int | None


def told_before(work: Work, code: str) -> tuple[Told, ...]:
    """The indicator in every released report on a period of the longest kind told, in order."""
    rows = work.session.execute(
        select(ReportFigure, Report.period_code)
        .join(
            Report,
            (Report.tenant_id == ReportFigure.tenant_id) & (Report.id == ReportFigure.report_id),
        )
        .where(
            ReportFigure.tenant_id == work.session.tenant_id,
            ReportFigure.asked == "indicator",
            ReportFigure.code == code,
            ReportFigure.span == "period",
            ReportFigure.part == "",
            Report.state.in_(FROZEN),
        )
        .order_by(Report.version)
    )
    latest = {
        period: Told(Period.parse(period), thawed(row), row.definition_version)
        for row, period in rows
    }
    return tuple(
        sorted(latest.values(), key=lambda each: (each.period.window.end, each.period.code))
    )


def form_of(work: Work, code: str, measure_code: str) -> Form | None:
    """The form whose records a measure of the figure counts, if this person may see them."""
    door = make_figure_door(work)
    if measure_code not in door.names(code):
        raise NotFoundError
    model = door.catalogue.measures[measure_code].model
    there = (form for form in work.programmes.catalogue.forms.values() if form.model is model)
    return next((form for form in there if work.principal.may(form.sees)), None)


def behind(
    work: Work, code: str, measure_code: str, asked: Asked, *, after: UUID | None, limit: int
) -> tuple[Form, tuple[Behind, ...]]:
    """Records behind a figure, a page of them; looking at restricted ones is written down.

    Raises:
        NotFoundError: the figure is not made of this measure, or the person may not see its form.
        NotYoursError: the records are confidential and the person oversees none.
    """
    form, door = form_of(work, code, measure_code), make_figure_door(work)
    if form is None:
        raise NotFoundError
    measure = door.catalogue.measures[measure_code]
    place, _ = places_of(work.session, door, code, asked.window, asked.area)
    shown = [field.name for field in forms.listed_fields(work.session, form)]
    rows = records_behind(
        work.session,
        measure,
        asked.window,
        place.communes,
        shown=shown,
        after=after,
        limit=limit,
    )
    if measure.sensitivity is DataClass.RESTRICTED or issubclass(measure.model, Confidential):
        record(
            work.session,
            work.principal,
            Action.READ,
            subject_kind=measure.code,
            classes=[DataClass.RESTRICTED],
        )
    return form, rows


_BACKWARDS = Text(
    vi="Ngày cuối phải bằng hoặc sau ngày đầu. Hãy sửa lại khoảng thời gian.",
    en="The last day is before the first. Correct the days.",
)

"""Money: each unit beside the least that it must set aside, those with too little first."""

from __future__ import annotations

from litestar import Response

from core.areas.repository import area_names
from core.money.forms import FORMS
from core.money.models import READ
from core.money.service import standings
from core.organisation.options import LEVEL
from core.web.actions.forms import records_of
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

_LEVELS = {option.value: option.label for option in LEVEL.options}
_YEARS_BACK = 4


@reading("/money", permission=READ)
def money_page(work: Work, year: int | None = None) -> Response[str]:
    """The units within reach of one budget year, and the way to lines and expenditure."""
    year = year or work.today.year
    found = standings(work.session, year)
    names = area_names(work.session, {one.unit_id for one in found})
    return page(
        work,
        "money.html",
        path="/money",
        year=year,
        this_year=work.today.year,
        years_back=_YEARS_BACK,
        lacking=sum(not one.meets for one in found),
        rows=[
            {
                "name": names.get(one.unit_id),
                "level": work.tell(_LEVELS[one.level]),
                "minimum": one.minimum_vnd,
                "there": one.allocated_vnd,
                "lacking": max(0, one.minimum_vnd - one.allocated_vnd),
                "meets": one.meets,
            }
            for one in found
        ],
        cards=[
            {
                "title": work.tell(form.title),
                "text": work.tell(form.purpose),
                "tag": form.number,
                "href": records_of(form),
            }
            for form in FORMS
        ],
    )


handlers = [money_page]

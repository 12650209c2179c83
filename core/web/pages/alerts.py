"""Alerts: what must not be overlooked within reach, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from litestar import Response

from core.areas.repository import area_names
from core.kit.errors import NotFoundError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.registry.catalogue import CORE
from core.web.actions.alerts import PATH, addresses, reader_of
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.alerts.reading import WaitingAlert

OVERDUE, MINE = "overdue", "mine"
_COMMON = Text(vi="Công tác chung", en="Common work")


@reading(PATH, permission=None)
def alerts_page(
    work: Work, view: str = "", programme: str = "", after: UUID | None = None
) -> Response[str]:
    """All within reach, the overdue, or those of one's own work; of one programme or of all."""
    reader = reader_of(work)
    found = reader.page(
        PAGE_SIZE,
        today=work.today,
        after=after,
        owner=programme or None,
        overdue=view == OVERDUE,
        mine=view == MINE,
    )
    if found is None:
        raise NotFoundError
    chosen = {"view": view if view in {OVERDUE, MINE} else "", "programme": programme}
    asked = {name: value for name, value in chosen.items() if value}
    names = _programmes(work)
    return page(
        work,
        "alerts.html",
        path=PATH,
        rows=_rows(work, found, names),
        view=chosen["view"],
        programme=programme,
        programmes=[(owner, names[owner]) for owner in reader.owners],
        next_url=next_url(PATH, found[-1].id, **asked) if len(found) == PAGE_SIZE else None,
    )


def _programmes(work: Work) -> dict[str, str]:
    own = {info.key: work.tell(info.name) for info in work.programmes.infos}
    return {CORE: work.tell(_COMMON)} | own


def _rows(
    work: Work, found: Sequence[WaitingAlert], names: dict[str, str]
) -> list[dict[str, object]]:
    places = area_names(work.session, {one.commune_id for one in found})
    hrefs = addresses(work, found)
    return [
        {
            "title": work.tell(one.alert.title),
            "href": hrefs[one.id],
            "tone": one.alert.tone,
            "place": places.get(one.commune_id),
            "programme": names[one.programme],
            "since": format_date(one.since_on, work.language),
            "due": format_date(one.due_on, work.language),
            "days_late": max(0, (work.today - one.due_on).days),
            "mine": one.is_mine,
        }
        for one in found
    ]


handlers = [alerts_page]

"""Alerts for programs: the same view as the page's."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from core.kit.errors import NotFoundError
from core.web.actions.alerts import addresses, reader_of
from core.web.routing import reading
from core.web.work import Work

PAGE_SIZE = 50


class AlertLine(msgspec.Struct):
    """One alert that waits; it names nobody. ``record_id`` is null where it is about a commune."""

    id: UUID
    code: str
    title: str
    tone: Literal["danger", "warning"]
    programme: str
    commune_id: int
    record_id: UUID | None
    href: str | None
    since_on: date
    due_on: date
    is_overdue: bool
    is_mine: bool


class AlertPage(msgspec.Struct):
    """Alerts, the most urgent first; ``next_after`` asks for the page behind."""

    items: list[AlertLine]
    next_after: UUID | None


@reading("/alerts", permission=None)
def alert_list(
    work: Work,
    programme: str = "",
    overdue: int = 0,
    mine: int = 0,
    after: UUID | None = None,
) -> AlertPage:
    """The alerts within reach of those meant to act."""
    found = reader_of(work).page(
        PAGE_SIZE,
        today=work.today,
        after=after,
        owner=programme or None,
        overdue=bool(overdue),
        mine=bool(mine),
    )
    if found is None:
        raise NotFoundError
    hrefs = addresses(work, found)
    items = [
        AlertLine(
            one.id,
            one.alert.code,
            work.tell(one.alert.title),
            one.alert.tone,
            one.programme,
            one.commune_id,
            one.record_id,
            hrefs[one.id],
            one.since_on,
            one.due_on,
            one.due_on < work.today,
            one.is_mine,
        )
        for one in found
    ]
    return AlertPage(items, found[-1].id if len(found) == PAGE_SIZE else None)


handlers = [alert_list]

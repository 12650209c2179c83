"""Urgent incidents: which are open, who was told, who took note, what is new."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.areas.repository import area_names
from core.audit.service import Action, record
from core.cases.mentions import mentions_confidential
from core.db.base import DataClass
from core.events.incidents import repository
from core.events.incidents.forms import INCIDENT_FORM
from core.events.incidents.models import FOLLOW, READ, REPORT, IncidentNotice
from core.events.incidents.service import MINISTRY, PROVINCE, find, take_note, write_update
from core.events.options import INCIDENT, TOLD
from core.identity.roles import BY_CODE
from core.identity.service import account_names
from core.kit.errors import MalformedError, NotFoundError, RefusedError
from core.kit.language import Text
from core.web.actions.forms import address_of
from core.web.actions.incidents import CASE_NAMED
from core.web.pages.case_view import moment
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.pages.sent import sent_text
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work

Asked = Request[Any, Any, State]
_KINDS = {option.value: option.label for option in INCIDENT.options}
_LEVELS = {option.value: option.label for option in TOLD.options}
_NOT_YOURS = Text(
    vi="Chỉ người của cấp được báo mới xác nhận tiếp nhận.",
    en="Only somebody of the level that was told takes note.",
)


@reading("/incidents", permission=READ)
def incidents_page(work: Work, after: UUID | None = None) -> Response[str]:
    """The incidents within reach, the newest first, and what each level has still to do."""
    found = repository.newest(work.session, after, PAGE_SIZE)
    if found is None:
        raise NotFoundError
    places = area_names(work.session, {one.commune_id for one in found})
    told: dict[UUID, list[IncidentNotice]] = {}
    for notice in repository.notices(work.session, {one.id for one in found}):
        told.setdefault(notice.incident_id, []).append(notice)
    return page(
        work,
        "incidents.html",
        path="/incidents",
        rows=[
            {
                "href": f"/incidents/{one.id}",
                "code": one.code,
                "kind": work.tell(_KINDS[one.kind]),
                "place": places.get(one.commune_id),
                "occurred": moment(work, one.occurred_at),
                "closed": one.closed_at is not None,
                "waiting": [_line(work, n) for n in told.get(one.id, ()) if not n.acknowledged_at],
            }
            for one in found
        ],
        new_href=address_of(INCIDENT_FORM) if work.principal.may(REPORT) else None,
        next_url=next_url("/incidents", found[-1].id) if len(found) == PAGE_SIZE else None,
    )


@reading("/incidents/{incident_id:uuid}", permission=READ, writes=True)
def incident_page(work: Work, incident_id: UUID) -> Response[str]:
    """One incident with who was told when; opening it is written down."""
    return _page(work, incident_id)


@writing("/incidents/{incident_id:uuid}/notes/{level:str}", permission=FOLLOW)
def take_note_of(work: Work, incident_id: UUID, level: str, request: Asked) -> Response[Any]:
    """A level takes note; the province says by which letter the ministry was told."""
    notice = repository.notice(work.session, find(work.session, incident_id).id, level)
    if notice is None:
        raise NotFoundError
    if not _may_take(work, level):
        raise RefusedError(_NOT_YOURS)
    try:
        take_note(
            work.session,
            incident_id,
            level,
            by=work.principal.account_id,
            now=work.now,
            document_no=sent_text(request, "document_no").strip()[:60] or None,
        )
    except MalformedError as error:
        return _page(work, incident_id, note_error=work.tell(error.message))
    _written(work, incident_id)
    return Redirect(f"/incidents/{incident_id}", status_code=303)


@writing("/incidents/{incident_id:uuid}/updates", permission=FOLLOW)
def update_incident(work: Work, incident_id: UUID, request: Asked) -> Response[Any]:
    """Write what is new, or show what is wrong with nothing lost."""
    typed = sent_text(request, "content")
    if mentions_confidential(work.session, typed):
        return _page(work, incident_id, typed=typed, error=work.tell(CASE_NAMED))
    try:
        write_update(
            work.session,
            incident_id,
            typed,
            by=work.principal.account_id,
            now=work.now,
            checked=sent_text(request, "checked") == "yes",
            closes=sent_text(request, "closes") == "yes",
        )
    except MalformedError as error:
        return _page(work, incident_id, typed=typed, error=work.tell(error.message))
    _written(work, incident_id)
    return Redirect(f"/incidents/{incident_id}", status_code=303)


def _page(
    work: Work,
    incident_id: UUID,
    *,
    typed: str = "",
    error: str | None = None,
    note_error: str | None = None,
) -> Response[str]:
    one = find(work.session, incident_id)
    record(
        work.session,
        work.principal,
        Action.READ,
        subject_kind=INCIDENT_FORM.code,
        subject_id=incident_id,
        classes=[DataClass.PERSONAL],
    )
    notices = repository.notices(work.session, {incident_id})
    updates = repository.updates(work.session, incident_id)
    people = {n.acknowledged_by for n in notices} | {u.created_by for u in updates}
    names = account_names(work.session, {who for who in people if who is not None})
    places = area_names(work.session, {one.commune_id})
    follows = work.principal.may(FOLLOW)
    return page(
        work,
        "incident.html",
        path="/incidents",
        status=422 if error or note_error else 200,
        incident=one,
        kind=work.tell(_KINDS[one.kind]),
        place=", ".join(text for text in (one.place, places.get(one.commune_id)) if text),
        occurred=moment(work, one.occurred_at),
        learned=moment(work, one.learned_at),
        closed=moment(work, one.closed_at) if one.closed_at else None,
        notices=[
            _line(work, n)
            | {
                "told": moment(work, n.told_at),
                "taken": moment(work, n.acknowledged_at) if n.acknowledged_at else None,
                "by": names.get(n.acknowledged_by) if n.acknowledged_by else None,
                "document_no": n.document_no,
                "may_take": follows and n.acknowledged_at is None and _may_take(work, n.level),
                "asks_letter": n.level == MINISTRY,
            }
            for n in notices
        ],
        updates=[
            {
                "title": work.tell(Text(vi="Cập nhật", en="Update")),
                "when": moment(work, u.written_at),
                "by": names.get(u.created_by) if u.created_by else None,
                "text": u.content,
            }
            for u in updates
        ],
        may_write=follows and one.closed_at is None,
        typed=typed,
        error=error,
        note_error=note_error,
    )


def _line(work: Work, notice: IncidentNotice) -> dict[str, Any]:
    late = notice.due_at is not None and (notice.acknowledged_at or work.now) > notice.due_at
    return {
        "level": notice.level,
        "name": work.tell(_LEVELS[notice.level]),
        "due": moment(work, notice.due_at) if notice.due_at else None,
        "late": late,
    }


def _may_take(work: Work, level: str) -> bool:
    """Whether the person works at the level; the province answers to the ministry."""
    wanted = PROVINCE if level == MINISTRY else level
    return any(BY_CODE[role].level == wanted for role in work.principal.roles if role in BY_CODE)


def _written(work: Work, incident_id: UUID) -> None:
    record(
        work.session,
        work.principal,
        Action.WRITE,
        subject_kind=INCIDENT_FORM.code,
        subject_id=incident_id,
    )


handlers = [incidents_page, incident_page, take_note_of, update_incident]

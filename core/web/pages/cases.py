"""Cases: the list, one case with its timeline, its steps, and a worker's tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.areas.repository import area_names
from core.cases import files, referrals
from core.cases.models import READ
from core.cases.options import REFERRAL_STATE, SERVICE
from core.cases.papers.intake import INTAKE_FORM
from core.cases.papers.models import FILE, WORK
from core.cases.rights import ASSIGN
from core.cases.states import ENDED
from core.cases.tasks import tasks_of
from core.cases.team import may_here
from core.forms import service as forms
from core.forms.view import form_view
from core.kit.ids import new_id
from core.kit.language import Text
from core.web.actions import cases
from core.web.actions.forms import context_of
from core.web.actions.offers import NEW_CASE as NEW
from core.web.actions.offers import carried, offers_after
from core.web.pages.case_view import (
    clock_line,
    kind_name,
    log_lines,
    most_urgent,
    shown_papers,
    state_tag,
)
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.pages.sent import KEY_FIELD, answers_of, sent_text
from core.web.rendering import Flash, page
from core.web.routing import reading, writing
from core.web.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.cases.models import Case
    from core.plugin_api.forms import Form

Asked = Request[Any, Any, State]


@reading("/cases", permission=READ)
def cases_page(work: Work, after: UUID | None = None) -> Response[str]:
    """The cases within reach, the newest first: code, kind, state and clocks, never a name."""
    lines = files.list_cases(work.session, after, PAGE_SIZE)
    places = area_names(work.session, {line.commune_id for line in lines})
    tell = files.clocks_now(work.session, work.now)
    rows = [
        {
            "href": f"/cases/{line.id}",
            "code": line.code,
            "kind": kind_name(work, line.kind),
            "place": places.get(line.commune_id),
            "state": state_tag(work, line.state),
            "clock": most_urgent(work, tell(line)),
        }
        for line in lines
    ]
    return page(
        work,
        "cases.html",
        path="/cases",
        rows=rows,
        next_url=next_url("/cases", lines[-1].id) if len(lines) == PAGE_SIZE else None,
    )


@reading(NEW, permission=FILE)
def intake_page(work: Work) -> Response[str]:
    """Form 01, empty."""
    return _form_page(work, INTAKE_FORM, NEW, key=str(new_id()))


@reading("/cases/new/after/{source:str}/{record_id:uuid}", permission=FILE, writes=True)
def intake_after_page(work: Work, source: str, record_id: UUID) -> Response[str]:
    """Form 01 with what a record hands on; neither the record nor the case tells of the other."""
    known = carried(work, INTAKE_FORM, source, record_id)
    return _form_page(work, INTAKE_FORM, NEW, known, key=str(new_id()))


@writing(NEW, permission=FILE)
def submit_intake(work: Work, request: Asked) -> Response[Any]:
    """Open a case, or show every mistake with nothing lost."""
    raw, key = answers_of(request, INTAKE_FORM), sent_text(request, KEY_FIELD)
    try:
        stored = cases.file_intake(work, raw, key=key)
    except forms.AnswersRefusedError as refused:
        return _form_page(work, INTAKE_FORM, NEW, raw, refused.errors, key=key)
    case_id = files.case_of_intake(work.session, stored.record_id)
    if case_id is not None and work.principal.may(READ):
        return Redirect(f"/cases/{case_id}?saved=1", status_code=303)
    title = work.tell(INTAKE_FORM.title)
    offers = offers_after(work, INTAKE_FORM, stored.values)
    return page(work, "form_saved.html", path=NEW, title=title, href=NEW, offers=offers)


@reading("/cases/{case_id:uuid}", permission=READ, writes=True)
def case_page(work: Work, case_id: UUID, saved: int = 0) -> Response[str]:
    """One case with its papers and its log, and what may be done next."""
    file = cases.open_case(work, case_id)
    case = file.case
    places = area_names(work.session, {case.commune_id})
    intakes = [paper.row for paper in file.papers if paper.form is INTAKE_FORM]
    return page(
        work,
        "case.html",
        path="/cases",
        flash=Flash(work.tell(Text(vi="Đã lưu.", en="Saved.")), "good") if saved else None,
        case=case,
        kind=kind_name(work, case.kind),
        state=state_tag(work, case.state),
        place=places.get(case.commune_id),
        clocks=[clock_line(work, clock) for clock in file.clocks],
        steps=[
            {
                "href": f"/cases/{case_id}/steps/{one.step.code.replace('_', '-')}",
                "title": work.tell(one.step.form.title),
                "tag": one.step.form.number,
                "text": work.tell(one.blocked or one.step.form.purpose),
                "blocked": one.blocked is not None,
            }
            for one in files.next_steps(work.session, case, work.principal)
        ],
        offers=[
            offer
            for row in intakes
            if case.state not in ENDED
            for offer in offers_after(work, INTAKE_FORM, vars(row), row.id)
        ],
        papers=shown_papers(work, file.papers, places),
        log=log_lines(work, file),
        referrals=[
            [
                {
                    "href": f"/cases/{case_id}/referrals/{one.id}",
                    "text": work.tell(SERVICE.name(one.service)),
                },
                work.tell(REFERRAL_STATE.name(one.state)),
            ]
            for one in file.referrals
        ],
        may_refer=case.state not in ENDED and may_here(work.session, case, work.principal, WORK),
        may_assign=may_here(work.session, case, work.principal, ASSIGN),
    )


@reading("/cases/{case_id:uuid}/steps/{step:str}", permission=None, writes=True)
def step_page(work: Work, case_id: UUID, step: str) -> Response[str]:
    """The form of a step, empty."""
    found = cases.find_step(work, step)
    case = cases.look_at(work, case_id)
    action = f"/cases/{case_id}/steps/{step}"
    return _form_page(work, found.form, action, key=str(new_id()), case=case)


@writing("/cases/{case_id:uuid}/steps/{step:str}", permission=None)
def submit_step(work: Work, case_id: UUID, step: str, request: Asked) -> Response[Any]:
    """Take the step, or show every mistake with nothing lost."""
    found = cases.find_step(work, step)
    raw, key = answers_of(request, found.form), sent_text(request, KEY_FIELD)
    try:
        cases.take_step(work, case_id, found, raw, key=key)
    except forms.AnswersRefusedError as refused:
        case = cases.look_at(work, case_id)
        action = f"/cases/{case_id}/steps/{step}"
        return _form_page(work, found.form, action, raw, refused.errors, key=key, case=case)
    return Redirect(f"/cases/{case_id}?saved=1", status_code=303)


@reading("/cases/{case_id:uuid}/refer", permission=WORK, writes=True)
def refer_page(work: Work, case_id: UUID) -> Response[str]:
    """The form that refers a case, empty."""
    case = cases.look_at(work, case_id)
    form = referrals.referral_form(referrals.receivers(work.session, work.principal))
    return _form_page(work, form, f"/cases/{case_id}/refer", key=str(new_id()), case=case)


@writing("/cases/{case_id:uuid}/refer", permission=WORK)
def submit_referral(work: Work, case_id: UUID, request: Asked) -> Response[Any]:
    """Refer the case, or show every mistake with nothing lost."""
    form = referrals.referral_form(referrals.receivers(work.session, work.principal))
    raw, key = answers_of(request, form), sent_text(request, KEY_FIELD)
    try:
        cases.refer(work, case_id, raw, key=key)
    except forms.AnswersRefusedError as refused:
        case = cases.look_at(work, case_id)
        action = f"/cases/{case_id}/refer"
        return _form_page(work, form, action, raw, refused.errors, key=key, case=case)
    return Redirect(f"/cases/{case_id}?saved=1", status_code=303)


@reading("/tasks", permission=READ)
def tasks_page(work: Work, mine: int = 0) -> Response[str]:
    """What is due or overdue: one's own cases, or all within reach."""
    tasks = tasks_of(work.session, work.principal, work.now, mine_only=bool(mine))
    rows = [
        {
            "href": f"/cases/{task.case.id}",
            "code": task.case.code,
            "kind": kind_name(work, task.case.kind),
            "state": state_tag(work, task.case.state),
            "clock": clock_line(work, task.clock),
            "mine": task.is_mine,
        }
        for task in tasks
    ]
    late = sum(bool(task.overdue_by) for task in tasks)
    return page(work, "tasks.html", path="/tasks", rows=rows, mine=bool(mine), late=late)


def _form_page(
    work: Work,
    form: Form,
    action: str,
    raw: Mapping[str, Any] | None = None,
    errors: Sequence[forms.FieldError] = (),
    *,
    key: str,
    case: Case | None = None,
) -> Response[str]:
    clocks = files.clocks_now(work.session, work.now)(case) if case is not None else ()
    return page(
        work,
        "case_form.html",
        path="/cases" if case is not None else NEW,
        status=422 if errors else 200,
        form=form_view(form, raw, errors, work.language, context_of(work, form)),
        action=action,
        key=key,
        case=case,
        clock=most_urgent(work, clocks),
    )


handlers = [
    cases_page,
    intake_page,
    intake_after_page,
    submit_intake,
    case_page,
    step_page,
    submit_step,
    refer_page,
    submit_referral,
    tasks_page,
]

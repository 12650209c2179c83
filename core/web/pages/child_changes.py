"""What is done to a child's file from its page: a move, an end, a record given to its worker."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.access.repository import accounts_at_work
from core.audit.service import Action, record
from core.forms import service as forms
from core.forms.context import FormContext
from core.forms.errors import FieldError
from core.forms.view import form_view
from core.kit.errors import MalformedError, NotFoundError
from core.plugin_api.forms import Form
from core.register import service as register
from core.register.circumstances.forms import CIRCUMSTANCE_FORM
from core.register.circumstances.service import assign, circumstances_of, end_circumstance
from core.register.following.moving import communes_to_move_to, move_child
from core.register.following.questions import END_FORM, MOVE_FORM
from core.register.support.forms import AT_RISK_FORM
from core.register.support.service import close_risk
from core.web.actions.forms import context_of
from core.web.pages.sent import answers_of
from core.web.rendering import page
from core.web.routing import writing
from core.web.work import Work

Asked = Request[Any, Any, State]


@writing("/children/{child_id:uuid}/move", permission="core.child.move")
def move(work: Work, child_id: UUID, request: Asked, asked: int = 0) -> Response[Any]:
    """Ask where to; once ``asked``, move."""
    child = register.get_child(work.session, child_id)
    communes = communes_to_move_to(work.session, work.working_day)
    context = replace(context_of(work), communes=communes)
    at = f"/children/{child.id}/move?asked=1"
    raw = answers_of(request, MOVE_FORM)
    if not asked:
        return _ask(work, MOVE_FORM, at, context)
    checked = forms.check_answers(MOVE_FORM, raw, context)
    if checked.errors:
        return _ask(work, MOVE_FORM, at, context, raw=raw, errors=checked.errors)
    answers = checked.values
    try:
        move_child(
            work.session,
            child.id,
            answers["to_commune_id"],
            on=answers["moved_on"],
            reason=answers["reason"],
            with_household=answers["with_household"],
            communes=communes,
            by=work.principal.account_id,
            now=work.now,
            today=work.today,
        )
    except MalformedError as error:
        fault = FieldError("moved_on", error.message)
        return _ask(work, MOVE_FORM, at, context, raw=raw, errors=(fault,))
    return Redirect("/children", status_code=303)


@writing(
    "/children/{child_id:uuid}/circumstances/{record_id:uuid}/end",
    permission="core.circumstance.enter",
)
def end_of_circumstance(
    work: Work, child_id: UUID, record_id: UUID, request: Asked, asked: int = 0
) -> Response[Any]:
    """The child is no longer in the group."""
    at = f"/children/{child_id}/circumstances/{record_id}/end?asked=1"
    raw = answers_of(request, END_FORM) if asked else None
    return _end(work, CIRCUMSTANCE_FORM, child_id, record_id, at=at, raw=raw)


@writing("/children/{child_id:uuid}/risks/{record_id:uuid}/end", permission="core.child.enter")
def end_of_risk(
    work: Work, child_id: UUID, record_id: UUID, request: Asked, asked: int = 0
) -> Response[Any]:
    """The child is no longer at the risk."""
    at = f"/children/{child_id}/risks/{record_id}/end?asked=1"
    raw = answers_of(request, END_FORM) if asked else None
    return _end(work, AT_RISK_FORM, child_id, record_id, at=at, raw=raw)


@writing(
    "/children/{child_id:uuid}/circumstances/{record_id:uuid}/assign",
    permission="core.circumstance.assign",
)
def assign_circumstance(work: Work, child_id: UUID, record_id: UUID) -> Response[Any]:
    """Give a confidential record to those who work on it in the child's commune."""
    child = register.get_child(work.session, child_id)
    there = {one.id: one for one in circumstances_of(work.session, child.id)}
    given = there.get(record_id)
    if given is None or given.confidential_key is None:
        raise NotFoundError
    for account in accounts_at_work(work.session, child.commune_id):
        assign(work.session, given, account, by=work.principal.account_id, now=work.now)
    return Redirect(f"/children/{child.id}", status_code=303)


def _end(
    work: Work,
    form: Form,
    child_id: UUID,
    record_id: UUID,
    *,
    at: str,
    raw: dict[str, Any] | None,
) -> Response[Any]:
    child = register.get_child(work.session, child_id)
    context = context_of(work)
    if not any(line.id == record_id for line in forms.records_about(work.session, form, child.id)):
        raise NotFoundError
    if raw is None:
        return _ask(work, END_FORM, at, context)
    checked = forms.check_answers(END_FORM, raw, context)
    errors = checked.errors
    if not errors:
        change = end_circumstance if form is CIRCUMSTANCE_FORM else close_risk
        try:
            change(work.session, child.id, record_id, checked.values["on"], today=work.today)
        except MalformedError as error:
            errors = (FieldError("on", error.message),)
    if errors:
        return _ask(work, END_FORM, at, context, raw=raw, errors=errors)
    record(
        work.session,
        work.principal,
        Action.WRITE,
        subject_kind=form.code,
        subject_id=record_id,
    )
    return Redirect(f"/children/{child.id}", status_code=303)


def _ask(
    work: Work,
    form: Form,
    action: str,
    context: FormContext,
    *,
    raw: dict[str, Any] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response[str]:
    return page(
        work,
        "form.html",
        path="/children",
        status=422 if errors else 200,
        form=form_view(form, raw, errors, work.language, context),
        action=action,
        key="",
    )


handlers = [move, end_of_circumstance, end_of_risk, assign_circumstance]

"""The page of one child: its record, everything written about it, and what may be done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response

from core.areas.repository import area_names
from core.audit.service import Action, record
from core.db.base import DataClass
from core.forms import service as forms
from core.forms.correcting import may_correct, version_of
from core.forms.naming import names_of
from core.forms.shown import shown_record, shown_value
from core.kit.clock import local_date
from core.kit.numbers import format_date
from core.plugin_api.forms import Form
from core.register import service as register
from core.register.circumstances.forms import CIRCUMSTANCE_FORM, READ
from core.register.circumstances.groups import GROUPS
from core.register.circumstances.service import circumstances_of
from core.register.family.forms import CAREGIVER_FORM, PARENT_FORM
from core.register.following.forms import SCHOOLING_FORM, STATUS_FORM
from core.register.following.history import History, history_of
from core.register.following.models import ChildMove
from core.register.following.options import MOVE_REASON
from core.register.forms import CHILD_FORM
from core.register.models import Child, Household
from core.register.support.forms import AT_RISK_FORM, DELIVERY_FORM
from core.web.actions.forms import address_of, open_record
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

SECTIONS = (
    CIRCUMSTANCE_FORM,
    AT_RISK_FORM,
    DELIVERY_FORM,
    PARENT_FORM,
    CAREGIVER_FORM,
    SCHOOLING_FORM,
    STATUS_FORM,
)
SHOWN = 20
# What can be ended: its place in the address, and the column that is empty until then.
ENDING = {
    CIRCUMSTANCE_FORM.code: ("circumstances", "to_date"),
    AT_RISK_FORM.code: ("risks", "closed_on"),
}


@reading("/children/{child_id:uuid}", permission="core.child.read", writes=True)
def child_page(work: Work, child_id: UUID) -> Response[str]:
    """One child of the register; opening it is written down, and so is each confidential record."""
    child = open_record(work, CHILD_FORM, child_id)
    hidden = forms.hidden_answers(work.session, CHILD_FORM)
    history = history_of(work.session, child)
    names = area_names(
        work.session, {child.commune_id, *(move.from_commune_id for move in history.moves)}
    )
    sections = [form for form in SECTIONS if work.principal.may(form.sees)]
    household = None if "household_id" in hidden else _household(work, child)
    return page(
        work,
        "child.html",
        path="/children",
        child=child,
        name_hidden="full_name" in hidden,
        survivor=None if "merged_into" in hidden else child.merged_into,
        household=household,
        head_hidden="head_name" in work.session.hidden_fields(Household),
        parts=shown_record(CHILD_FORM, child, work.language, names, hidden),
        proposal=_proposal(work, child, history) if work.principal.may(READ) else None,
        confidential=_confidential(work, child) if work.principal.may(READ) else [],
        sections=[_section(work, form, child) for form in sections],
        moves=[_moved(work, move, names) for move in history.moves],
        correct_href=f"{_record_of(child)}/correct" if _may_correct(work, child) else None,
        history_href=_corrected(work, child),
        merges=[
            (made.id, format_date(local_date(made.merged_at), work.language))
            for made in history.merges
        ],
    )


def _record_of(child: Child) -> str:
    return f"{address_of(CHILD_FORM).replace('/forms', '/records', 1)}/{child.id}"


def _may_correct(work: Work, child: Child) -> bool:
    """A record that was merged is corrected no more: the one that stays is."""
    return may_correct(CHILD_FORM, work.principal) and child.merged_into is None


def _corrected(work: Work, child: Child) -> str | None:
    """Where the corrections of the record are, once there are some."""
    return f"{_record_of(child)}/history" if version_of(work.session, child.id) else None


def _household(work: Work, child: Child) -> Household | None:
    """Where the child lives; a household that did not move along is not shown."""
    if child.household_id is None:
        return None
    return register.household_in_reach(work.session, child.household_id)


def _section(work: Work, form: Form, child: Child) -> dict[str, Any]:
    """The records of one form about the child, as its list shows them."""
    lines = forms.records_about(work.session, form, child.id, SHOWN)
    hidden = forms.hidden_answers(work.session, form)
    shown = [name for name in form.columns if name not in hidden and name != "commune_id"]
    fields = [field for name in shown for field in form.fields if field.name == name]
    catalogue = work.programmes.catalogue.forms
    named = names_of(
        work.session,
        catalogue,
        ((f, line.values[f.name]) for line in lines for f in fields),
        work.language,
    )
    at = f"/records{address_of(form).removeprefix('/forms')}"
    rows: list[list[Any]] = [
        [
            {"href": f"{at}/{line.id}", "text": texts[0] or "–"},
            *texts[1:],
        ]
        for line in lines
        for texts in [
            [shown_value(f, line.values[f.name], work.language, named) for f in fields] or ["–"]
        ]
    ]
    path, end = ENDING.get(form.code, ("", ""))
    return {
        "title": work.tell(form.title),
        "path": path,
        "endings": [
            (line.id, row[0]["text"])
            for line, row in zip(lines, rows, strict=True)
            if end in line.values and line.values[end] is None and work.principal.may(form.enters)
        ],
        "columns": [{"label": work.tell(field.label)} for field in fields] or [{"label": "–"}],
        "rows": rows,
        "hidden": [work.tell(f.label) for f in form.fields if f.name in hidden],
        "new_href": f"{address_of(form)}?child={child.child_code}"
        if work.principal.may(form.enters)
        else None,
    }


def _confidential(work: Work, child: Child) -> list[UUID]:
    """The confidential records that this reader sees on the page; each look is written down."""
    kept = [one.id for one in circumstances_of(work.session, child.id) if one.confidential_key]
    for record_id in kept:
        record(
            work.session,
            work.principal,
            Action.READ,
            subject_kind=CIRCUMSTANCE_FORM.code,
            subject_id=record_id,
            classes=[DataClass.RESTRICTED],
        )
    return kept


def _proposal(work: Work, child: Child, history: History) -> str | None:
    """A group that the parents' situation proposes, unless it is there; a person decides."""
    code = history.proposal
    if code is None or "group_code" in forms.hidden_answers(work.session, CIRCUMSTANCE_FORM):
        return None
    there = {one.group_code for one in circumstances_of(work.session, child.id)}
    return None if code in there else work.tell(GROUPS[code].option.label)


def _moved(work: Work, move: ChildMove, names: dict[int, str]) -> dict[str, Any]:
    reasons = {option.value: work.tell(option.label) for option in MOVE_REASON.options}
    before = names.get(move.from_commune_id, "–")
    return {
        "title": f"{before} →",
        "when": format_date(move.moved_on, work.language),
        "text": reasons.get(move.reason),
    }


handlers = [child_page]

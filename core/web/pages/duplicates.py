"""Search first, then add; likely duplicates side by side; merging and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.areas.repository import area_names
from core.forms import service as forms
from core.forms.shown import shown_record
from core.forms.view import form_view
from core.kit.ids import new_id
from core.register.forms import CHILD_FORM
from core.register.matching import merging
from core.register.matching.questions import LOOK_FORM
from core.register.matching.service import SeenChild, likely_pairs, likely_same, new_person
from core.register.options import SEX
from core.web.actions.forms import address_of, context_of, open_record
from core.web.pages.sent import answers_of
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work, sent_form

Asked = Request[Any, Any, State]
NEW = "/children/new"


@reading(NEW, permission="core.child.enter")
def new_child_page(work: Work) -> Response[str]:
    """What must be known to find the child, if it is there."""
    view = form_view(LOOK_FORM, None, (), work.language, context_of(work))
    return page(work, "child_look.html", path="/children", form=view, action=NEW, key="")


@writing(NEW, permission="core.child.enter")
def look_for_child(work: Work, request: Asked) -> Response[str]:
    """Records that are likely the same child's, side by side; below them the form to go on with.

    What was typed stays out of addresses: it is sent, and nothing is stored.
    """
    context = context_of(work)
    raw = answers_of(request, LOOK_FORM)
    checked = forms.check_answers(LOOK_FORM, raw, context)
    if checked.errors:
        view = form_view(LOOK_FORM, raw, checked.errors, work.language, context)
        return page(
            work, "child_look.html", path="/children", status=422, form=view, action=NEW, key=""
        )
    known = checked.values
    person = new_person(
        known["full_name"],
        known["date_of_birth"],
        known["sex"],
        household_id=known["household_id"],
        mother=known["mother"] or "",
    )
    found = likely_same(work.session, person)
    return page(
        work,
        "child_found.html",
        path="/children",
        typed=known,
        found=found,
        names=area_names(work.session, {child.commune_id for child in found}),
        sexes=_sexes(work),
        form=form_view(CHILD_FORM, raw, (), work.language, context),
        action=address_of(CHILD_FORM),
        key=str(new_id()),
    )


@reading("/children/duplicates", permission="core.child.merge")
def duplicates_page(work: Work) -> Response[str]:
    """Pairs that are likely one child, the likeliest first."""
    pairs = likely_pairs(work.session)
    return page(
        work,
        "duplicates.html",
        path="/children",
        rows=[_pair_row(work, pair.one, pair.other) for pair in pairs],
    )


@reading(
    "/children/{child_id:uuid}/duplicates/{other_id:uuid}",
    permission="core.child.read",
    writes=True,
)
def compare_page(work: Work, child_id: UUID, other_id: UUID) -> Response[str]:
    """Two records side by side; opening them is written down."""
    pair = [open_record(work, CHILD_FORM, key) for key in (child_id, other_id)]
    hidden = forms.hidden_answers(work.session, CHILD_FORM)
    names = area_names(work.session, {child.commune_id for child in pair})
    left, right = (
        [
            answer
            for part in shown_record(CHILD_FORM, child, work.language, names, hidden)
            for answer in part.answers
            if answer.kind != "household"
        ]
        for child in pair
    )
    return page(
        work,
        "compare.html",
        path="/children",
        one=pair[0],
        other=pair[1],
        answers=list(zip(left, right, strict=True)),
    )


@writing("/children/{child_id:uuid}/merge", permission="core.child.merge")
def merge_children(work: Work, child_id: UUID, request: Asked) -> Response[Any]:
    """Merge another record into this one."""
    sent = sent_form(request).get("loser")
    loser = UUID(sent) if isinstance(sent, str) and _is_uuid(sent) else child_id
    merging.merge(
        work.session,
        child_id,
        loser,
        by=work.principal.account_id,
        now=work.now,
        today=work.today,
    )
    return Redirect(f"/children/{child_id}", status_code=303)


@writing("/children/{child_id:uuid}/merges/{merge_id:uuid}/undo", permission="core.child.merge")
def undo_merge(work: Work, child_id: UUID, merge_id: UUID) -> Response[Any]:
    """Part two records again."""
    loser = merging.undo(
        work.session, child_id, merge_id, by=work.principal.account_id, now=work.now
    )
    return Redirect(f"/children/{child_id}/duplicates/{loser.id}", status_code=303)


def _pair_row(work: Work, one: SeenChild, other: SeenChild) -> list[Any]:
    sexes = _sexes(work)
    return [
        {"href": f"/children/{one.id}/duplicates/{other.id}", "text": one.full_name or "–"},
        one.child_code,
        other.full_name or "–",
        other.child_code,
        one.date_of_birth,
        other.date_of_birth,
        sexes[one.sex],
    ]


def _sexes(work: Work) -> dict[str, str]:
    return {option.value: work.tell(option.label) for option in SEX.options}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


handlers = [
    new_child_page,
    look_for_child,
    duplicates_page,
    compare_page,
    merge_children,
    undo_merge,
]

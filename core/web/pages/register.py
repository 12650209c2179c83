"""The register: find a child first, then open or add."""

from __future__ import annotations

from uuid import UUID

from litestar import Response

from core.areas.repository import area_names
from core.forms import service as forms
from core.forms.shown import shown_record
from core.register import service as register
from core.register.forms import CHILD_FORM, HOUSEHOLD_FORM
from core.register.models import Household
from core.register.options import SEX
from core.web.actions.forms import open_record
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work


@reading("/children", permission="core.child.read")
def children_page(work: Work, q: str = "", after: UUID | None = None) -> Response[str]:
    """Search by name, without accents if need be; otherwise the list, page by page."""
    sexes = {option.value: work.tell(option.label) for option in SEX.options}
    if q.strip():
        found = register.search_children(work.session, q, limit=PAGE_SIZE)
        names = area_names(work.session, {child.commune_id for child in found})
        return page(
            work, "children.html", path="/children", q=q, found=found, names=names, sexes=sexes
        )
    rows = register.list_children(work.session, after, PAGE_SIZE)
    return page(
        work,
        "children.html",
        path="/children",
        q="",
        rows=rows,
        names=area_names(work.session, {child.commune_id for child in rows}),
        sexes=sexes,
        next_url=next_url("/children", rows[-1].id) if len(rows) == PAGE_SIZE else None,
    )


@reading("/children/{child_id:uuid}", permission="core.child.read", writes=True)
def child_page(work: Work, child_id: UUID) -> Response[str]:
    """One child of the register; opening it is written down."""
    child = open_record(work, CHILD_FORM, child_id)
    hidden = forms.hidden_answers(work.session, CHILD_FORM)
    household = None
    if "household_id" not in hidden and work.principal.may(HOUSEHOLD_FORM.sees):
        household = register.find_household_of(work.session, child)
    names = area_names(work.session, {child.commune_id})
    return page(
        work,
        "child.html",
        path="/children",
        child=child,
        name_hidden="full_name" in hidden,
        household=household,
        head_hidden="head_name" in work.session.hidden_fields(Household),
        parts=shown_record(
            CHILD_FORM,
            child,
            work.language,
            names,
            hidden,
        ),
    )


@reading("/lookup/children", permission="core.child.read", include_in_schema=False)
def look_up_child(work: Work, q: str = "") -> list[dict[str, str]]:
    """Children for a form's lookup field, as code and name."""
    found = register.search_children(work.session, q)
    return [
        {"value": child.child_code, "label": f"{child.full_name or '–'} ({child.child_code})"}
        for child in found
    ]


@reading("/lookup/households", permission="core.household.read", include_in_schema=False)
def look_up_household(work: Work, q: str = "") -> list[dict[str, str]]:
    """Households for a form's lookup field, as code and head."""
    found = register.search_households(work.session, q)
    return [
        {"value": h.household_code, "label": f"{h.head_name} ({h.household_code})"} for h in found
    ]


handlers = [children_page, child_page, look_up_child, look_up_household]

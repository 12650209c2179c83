"""The register: find a child first, then open or add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response

from core.areas.repository import area_names
from core.forms.lookups import SessionLookups
from core.kit.language import Text
from core.kit.numbers import format_date
from core.register import service as register
from core.register.models import Child
from core.register.options import SEX
from core.register.service import ChildLine, ChildMatch
from core.web.actions.forms import context_of, find_form
from core.web.pages.paging import PAGE_SIZE, next_url
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

_SEVERAL = 2


@reading("/children", permission="core.child.read")
def children_page(
    work: Work, q: str = "", commune: int | None = None, after: UUID | None = None
) -> Response[str]:
    """Search by name, without accents if need be; otherwise the list, page by page.

    Columns that the reader may not see are left out, and the page says so.
    """
    hidden = work.session.hidden_fields(Child)
    found: Sequence[ChildMatch] | None = None
    rows: Sequence[ChildLine] = ()
    if q.strip():
        found = register.search_children(work.session, q, PAGE_SIZE, commune)
    else:
        rows = register.list_children(work.session, after, PAGE_SIZE, commune)
    names = area_names(work.session, {child.commune_id for child in found or rows})
    more = {"commune": str(commune)} if commune is not None else {}
    return page(
        work,
        "children.html",
        path="/children",
        q=q,
        searched=found is not None,
        columns=[work.tell(label) for label in _labels(hidden, named=found is not None)],
        lines=[_line(work, child, hidden, names) for child in found or rows],
        hidden=[work.tell(_LABELS[name]) for name in _LABELS if name in hidden],
        communes=_commune_filter(work, commune),
        next_url=next_url("/children", rows[-1].id, **more) if len(rows) == PAGE_SIZE else None,
    )


_LABELS = {
    "full_name": Text(vi="Họ và tên", en="Name"),
    "child_code": Text(vi="Mã", en="Code"),
    "date_of_birth": Text(vi="Ngày sinh", en="Date of birth"),
    "sex": Text(vi="Giới tính", en="Sex"),
    "commune_id": Text(vi="Xã, phường, thị trấn", en="Commune"),
}


def _labels(hidden: frozenset[str], *, named: bool) -> list[Text]:
    return [
        label
        for name, label in _LABELS.items()
        if name not in hidden and (named or name != "full_name")
    ]


def _line(
    work: Work, child: ChildLine | ChildMatch, hidden: frozenset[str], names: dict[int, str]
) -> list[Any]:
    """The first cell leads to the child, by its name where it was searched for by name."""
    sexes = {option.value: work.tell(option.label) for option in SEX.options}
    born = child.date_of_birth
    cells: dict[str, Any] = {
        "child_code": child.child_code,
        "date_of_birth": None if born is None else format_date(born, work.language),
        "sex": sexes.get(child.sex or ""),
        "commune_id": names.get(child.commune_id),
    }
    if isinstance(child, ChildMatch):
        cells = {"full_name": child.full_name or child.child_code} | cells
    shown = [value for name, value in cells.items() if name not in hidden]
    return [{"href": f"/children/{child.id}", "text": shown[0]}, *shown[1:]]


def _commune_filter(work: Work, chosen: int | None) -> dict[str, Any] | None:
    """The communes within reach to choose from, where there are several."""
    communes = context_of(work).communes
    if len(communes) < _SEVERAL:
        return None
    label = Text(vi="Xã, phường, thị trấn", en="Commune")
    return {
        "id": "commune",
        "name": "commune",
        "kind": "choice",
        "label": work.tell(label),
        "help": None,
        "required": False,
        "value": "" if chosen is None else str(chosen),
        "options": [(str(key), name) for key, name in communes.items()],
        "error": None,
        "suffix": None,
        "width": None,
    }


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


@reading("/lookup/hamlets", permission=None, include_in_schema=False)
def look_up_hamlet(work: Work, q: str = "") -> list[dict[str, str]]:
    """Hamlets for a form's lookup field, with their commune."""
    return _choices(_lookups(work).hamlets_like(q) if q.strip() else [])


@reading("/lookup/records/{owner:str}/{name:str}", permission=None, include_in_schema=False)
def look_up_record(work: Work, owner: str, name: str, q: str = "") -> list[dict[str, str]]:
    """Records of a form for another form's lookup field, as their lists show them."""
    form = find_form(work, owner, name)
    work.principal.require(form.sees)
    found = _lookups(work).records_like(form, q, work.language) if q.strip() else []
    return _choices(found)


def _lookups(work: Work) -> SessionLookups:
    catalogue = work.programmes.catalogue.forms
    day = work.working_day
    return SessionLookups(work.session, work.principal, catalogue, day)


def _choices(found: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in found]


handlers = [
    children_page,
    look_up_child,
    look_up_household,
    look_up_hamlet,
    look_up_record,
]

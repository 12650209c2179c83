"""What people call the places and records that answers name by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.areas.repository import area_names
from core.forms.lookups import labels
from core.forms.shown import NAMED
from core.register import service as register
from core.register.hamlets.repository import hamlets_with_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form
    from core.tenancy.session import TenantSession

# What names something that a reader may have no right to know of.
RECORDS: Final = NAMED - {"commune"}


def names_of(
    session: TenantSession,
    forms: Mapping[str, Form],
    answers: Iterable[tuple[Field, Any]],
    language: Language = "vi",
) -> dict[Any, str]:
    """Names by id: communes, hamlets, codes of children and households, labels of records.

    What lies beyond the reach of the reader has no name here.
    """
    ids: dict[tuple[str, str], set[Any]] = {}
    for field, value in answers:
        if field.kind in NAMED and value is not None:
            ids.setdefault((field.kind, field.of or ""), set()).add(value)
    names: dict[Any, str] = {}
    for (kind, of), keys in ids.items():
        if kind == "commune":
            names |= area_names(session, keys)
        elif kind == "hamlet":
            names |= {one.id: one.label for one in hamlets_with_ids(session, keys)}
        elif kind == "child":
            names |= register.codes_of_children(session, keys)
        elif kind == "household":
            names |= register.codes_of_households(session, keys)
        elif kind == "record" and of in forms:
            names |= labels(session, forms[of], sorted(keys), language)
    return names


def out_of_reach(
    session: TenantSession, forms: Mapping[str, Form], answers: Iterable[tuple[Field, Any]]
) -> frozenset[Any]:
    """The ids in answers that stand for a record which the reader may not read.

    An id alone tells that the record is there, and whose: it is withheld like the record.
    """
    kept = [(field, value) for field, value in answers if field.kind in RECORDS]
    return (
        frozenset(value for _, value in kept if value is not None)
        - names_of(session, forms, kept).keys()
    )


def answered(
    form: Form,
    records: Iterable[Any],
    rows: Mapping[str, Iterable[Any]] | None = None,
    *,
    kinds: frozenset[str] = NAMED,
    listed: bool = False,
) -> Iterable[tuple[Field, Any]]:
    """The answers that name something by its id, in some records and in the rows of one of them.

    Records that are ``listed`` hold the columns of the form's list alone.
    """
    naming = [field for field in form.fields if field.kind in kinds]
    if listed:
        naming = [field for field in naming if field.name in form.columns]
    for record in records if naming else ():
        yield from ((field, record.get(field.name)) for field in naming)
    for roster in form.rosters:
        naming = [field for field in roster.fields if field.kind in kinds]
        for row in (rows or {}).get(roster.name, ()):
            yield from ((field, vars(row).get(field.name)) for field in naming)

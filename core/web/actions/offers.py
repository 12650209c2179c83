"""What follows a saved record, and what other records already know of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.cases.papers.intake import INTAKE_FORM
from core.forms import service as forms
from core.forms.evaluate import evaluate
from core.forms.naming import names_of
from core.forms.prefilling import prefilled
from core.forms.typed import as_typed
from core.kit.errors import NotFoundError
from core.registry.calls import PluginOutOfServiceError
from core.web.actions.cases import open_intake
from core.web.actions.forms import address_of, context_of, open_record
from core.web.rendering import Flash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.plugin_api.forms import Form, Offer
    from core.web.work import Work

NEW_CASE = "/cases/new"
_BY_CODE = frozenset({"child", "household"})


def offers_after(
    work: Work,
    form: Form,
    values: Mapping[str, Any],
    record_id: UUID | None = None,
    *,
    lasting: bool = False,
) -> list[tuple[str, str]]:
    """Label and address of each next form that applies and that this person may enter.

    The address names the record and never an answer; without the record nothing is carried.
    ``lasting`` leaves those that are offered for as long as the record is there: the intake of a
    case, for what may lie behind a record often comes to light later.
    """
    found = []
    for offer in form.offers:
        other = _form(work, offer.form)
        if other is None or not work.principal.may(other.enters):
            continue
        if (lasting and other is not INTAKE_FORM) or not _applies(work, offer, values):
            continue
        takes = record_id is not None and (offer.carry or offer.fills)
        after = f"/after/{form.code}/{record_id}" if takes else ""
        address = NEW_CASE if other is INTAKE_FORM else address_of(other)
        found.append((work.tell(offer.label), f"{address}{after}"))
    return found


def carried(work: Work, form: Form, source: str, record_id: UUID) -> dict[str, Any]:
    """The answers that a record hands on to the next form; opening it is written down.

    Raises:
        NotFoundError: no such record for this reader, or it does not offer that form.
        RefusedError: the person may not read the record.
    """
    other = _form(work, source)
    if other is None or all(offer.form != form.code for offer in other.offers):
        raise NotFoundError
    work.principal.require(other.sees)
    of_case = other is INTAKE_FORM
    row = open_intake(work, record_id) if of_case else open_record(work, other, record_id)
    told = (o for o in other.offers if o.form == form.code and _applies(work, o, vars(row)))
    offer = next(told, None)
    if offer is None:
        return {}
    hidden = forms.hidden_answers(work.session, other)
    answers = [
        (field, getattr(row, offer.carry[field.name]))
        for field in form.fields
        if field.name in offer.carry and offer.carry[field.name] not in hidden
    ]
    # a child or household is looked up by its code; nobody would know it by its id
    codes = names_of(work.session, {}, [one for one in answers if one[0].kind in _BY_CODE])
    return dict(offer.fills) | {
        field.name: (field.kind in _BY_CODE and codes.get(value)) or as_typed(value)
        for field, value in answers
    }


def _form(work: Work, code: str) -> Form | None:
    """A form that may be offered, or offer others: of the programmes, of core, or the intake."""
    return INTAKE_FORM if code == INTAKE_FORM.code else work.programmes.catalogue.forms.get(code)


def _applies(work: Work, offer: Offer, values: Mapping[str, Any]) -> bool:
    return offer.when is None or evaluate(offer.when, values, work.today)


def fill_in(work: Work, form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, and in the fields left empty what other records know.

    Raises:
        PluginOutOfServiceError: the programme cannot fill in anything for the moment.
    """
    return prefilled(work.session, work.principal, form, raw, context_of(work, form))


def filled_or_told(
    work: Work, form: Form, raw: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Flash | None]:
    """The same for a page, which goes on with what was typed and says what is missing."""
    try:
        return fill_in(work, form, raw), None
    except PluginOutOfServiceError as out:
        return raw, Flash(work.tell(out.message), "warning")

"""What follows a saved record, and what other records already know of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms import service as forms
from core.forms.evaluate import evaluate
from core.forms.prefilling import prefilled
from core.forms.typed import as_typed
from core.kit.errors import NotFoundError
from core.registry.calls import PluginOutOfServiceError
from core.web.actions.forms import address_of, context_of, open_record
from core.web.rendering import Flash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.web.work import Work

CASE_INTAKE = "core.case_intake"


def offers_after(
    work: Work, form: Form, values: Mapping[str, Any], record_id: UUID | None = None
) -> list[tuple[str, str]]:
    """Label and address of each next form that applies and that this person may enter.

    The address names the record and never an answer; without the record nothing is carried.
    """
    found = []
    for offer in form.offers:
        if offer.when is not None and not evaluate(offer.when, values, work.today):
            continue
        other = work.programmes.catalogue.forms.get(offer.form)
        if offer.form == CASE_INTAKE and work.principal.may("core.case.file"):
            found.append((work.tell(offer.label), "/cases/new"))
        elif other is not None and work.principal.may(other.enters):
            after = f"/after/{form.code}/{record_id}" if record_id and offer.carry else ""
            found.append((work.tell(offer.label), f"{address_of(other)}{after}"))
    return found


def carried(work: Work, form: Form, source: str, record_id: UUID) -> dict[str, Any]:
    """The answers that a record hands on to the next form; opening it is written down.

    Raises:
        NotFoundError: no such record for this reader.
        RefusedError: the person may not read the record.
    """
    other = work.programmes.catalogue.forms.get(source)
    offer = next((o for o in (other.offers if other else ()) if o.form == form.code), None)
    if other is None or offer is None:
        raise NotFoundError
    work.principal.require(other.sees)
    row = open_record(work, other, record_id)
    hidden = forms.hidden_answers(work.session, other)
    return {
        field.name: as_typed(getattr(row, offer.carry[field.name]))
        for field in form.fields
        if field.name in offer.carry and offer.carry[field.name] not in hidden
    }


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

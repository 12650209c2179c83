"""Forms and records: found, stored and opened, each with its entry in the audit log."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from core.audit.service import Action, record
from core.db.base import DataClass
from core.forms import service as forms
from core.forms.events import RECORD_SAVED
from core.forms.view import address_part
from core.kit.errors import NotFoundError
from core.web.actions.incidents import refuse_confidential_code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.forms.context import FormContext
    from core.plugin_api.forms import Form
    from core.web.work import Work


def address_of(form: Form) -> str:
    """Where a form is filled in."""
    return f"/forms/{address_part(form.code)}"


def records_of(form: Form) -> str:
    """Where a form's records are listed."""
    return f"/records/{address_part(form.code)}"


def find_form(work: Work, owner: str, name: str) -> Form:
    """The form at an address; a switched-off programme has none.

    Raises:
        NotFoundError: no such form here.
    """
    form = work.programmes.catalogue.forms.get(f"{owner}.{name}".replace("-", "_"))
    if form is None:
        raise NotFoundError
    return form


def context_of(work: Work, form: Form | None = None) -> FormContext:
    """The bounds of a submission by this person, with the communes of the profile in force."""
    day = work.working_day
    return forms.context_for(
        work.session,
        work.principal,
        work.today,
        on=day,
        form=form,
        forms=work.programmes.catalogue.forms,
    )


def store(work: Work, form: Form, raw: Mapping[str, Any], *, key: str) -> forms.Stored:
    """Store answers and ask for a recount, in one transaction."""
    refuse_confidential_code(work, form, raw)
    stored = forms.submit(
        work.session,
        form,
        raw,
        key=key,
        principal=work.principal,
        context=context_of(work, form),
        now=work.now,
    )
    if not stored.repeated:
        note(work, form, Action.WRITE, stored.record_id)
        for code, made_id in stored.made:
            note(work, work.programmes.catalogue.forms[code], Action.WRITE, made_id)
        if work.programmes.hears_of_records:
            for code, record_id in ((form.code, stored.record_id), *stored.made):
                work.platform.queue.enqueue(work.session, RECORD_SAVED, code, str(record_id))
    return stored


def open_record(work: Work, form: Form, record_id: UUID) -> Any:
    """One record; who opened it is written down in the same transaction."""
    row = forms.get_record(work.session, form, record_id)
    note(work, form, Action.READ, record_id)
    return row


def note(work: Work, form: Form, action: Action, record_id: UUID) -> None:
    """Write down who did what to a record, with the classes of data it holds."""
    model: Any = form.model
    record(
        work.session,
        work.principal,
        action,
        subject_kind=form.code,
        subject_id=record_id,
        classes=_classes_of(model),
    )


@cache
def _classes_of(model: Any) -> tuple[DataClass, ...]:
    classes = {column.info.get("data_class") for column in model.__table__.columns}
    return tuple(sorted(each for each in classes if isinstance(each, DataClass)))

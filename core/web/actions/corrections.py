"""Records are corrected, each correction with its entry in the audit log; and their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.audit.service import Action
from core.forms import correcting
from core.forms.naming import names_of
from core.web.actions.forms import context_of, note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.forms.correcting import Correction, OpenRecord
    from core.plugin_api.forms import Form
    from core.web.work import Work


def open_record_to_correct(work: Work, form: Form, record_id: UUID) -> OpenRecord:
    """One record as it is now; who opened it is written down in the same transaction."""
    opened = correcting.open_to_correct(work.session, form, record_id, work.principal)
    note(work, form, Action.READ, record_id)
    return opened


def correct(
    work: Work, form: Form, record_id: UUID, raw: Mapping[str, Any], *, version: int
) -> bool:
    """Correct a record and ask for a recount, in one transaction; whether anything changed."""
    changed = correcting.correct(
        work.session,
        form,
        record_id,
        raw,
        version=version,
        principal=work.principal,
        context=context_of(work, form),
        now=work.now,
    )
    if changed:
        note(work, form, Action.WRITE, record_id)
    return changed


def corrections(work: Work, form: Form, record_id: UUID) -> tuple[Correction, ...]:
    """The history of a record that was opened already, with names as the reader knows them."""
    catalogue = work.programmes.catalogue.forms
    return correcting.history(
        work.session,
        form,
        record_id,
        work.language,
        lambda answers: names_of(work.session, catalogue, answers, work.language),
    )

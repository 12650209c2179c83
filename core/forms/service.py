"""Takes submissions in and gives records out; flushes, never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from core.forms import repository
from core.forms.checking import Checked, check_answers
from core.forms.context import FormContext, context_for
from core.forms.errors import AnswersRefusedError, FieldError
from core.forms.reading import read
from core.forms.rosters import stored_rows
from core.forms.steps import CORE_STEPS, FormStep
from core.forms.stored import Place, Stored
from core.forms.submitting import stored_before, submit
from core.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from core.plugin_api.forms import Field, Form
    from core.tenancy.in_parts import Parts
    from core.tenancy.session import TenantSession

__all__ = [
    "CORE_STEPS",
    "AnswersRefusedError",
    "Checked",
    "FieldError",
    "FormContext",
    "FormStep",
    "Place",
    "RecordLine",
    "Stored",
    "check_answers",
    "context_for",
    "get_record",
    "hidden_answers",
    "hidden_in_rows",
    "list_records",
    "listed_fields",
    "read",
    "records_about",
    "stored_before",
    "stored_rows",
    "submit",
]

PAGE = 50


class RecordLine(NamedTuple):
    """A line of a list: the values of the form's ``columns``, typed, without names of people."""

    id: UUID
    entered_at: datetime
    values: Mapping[str, Any]


def get_record(session: TenantSession, form: Form, record_id: UUID) -> Any:
    """One whole record; the caller checks ``form.sees`` and writes the audit entry.

    Raises:
        NotFoundError: not there, or not for this reader.
    """
    record = repository.record_by_id(session, form, record_id)
    if record is None:
        raise NotFoundError
    return record


def list_records(
    session: TenantSession, form: Form, after: UUID | None = None, limit: int = PAGE
) -> tuple[RecordLine, ...]:
    """One page, newest first; ``after`` is the id of the last record of the page before.

    The caller checks ``form.sees``. Only the form's ``columns`` are read from the database, and
    of these only what the reader may see: a hidden one is missing from the values.

    Raises:
        NotFoundError: there is no such record for this reader.
    """
    shown = _shown(session, form)
    rows = repository.lines_after(session, form, shown, after, limit)
    if rows is None:
        raise NotFoundError
    return tuple(RecordLine(row[0], row[1], dict(zip(shown, row[2:], strict=True))) for row in rows)


def answers_listed(session: TenantSession, form: Form, size: int) -> AbstractContextManager[Parts]:
    """The whole list, so many records at a time: bare answers in the order of ``listed_fields``.

    The caller checks ``form.sees``.
    """
    listed = [field.name for field in listed_fields(session, form)]
    return repository.every_line(session, form, listed, size)


def _shown(session: TenantSession, form: Form) -> list[str]:
    hidden = hidden_answers(session, form)
    return [name for name in form.columns if name not in hidden]


def listed_fields(session: TenantSession, form: Form) -> tuple[Field, ...]:
    """The fields that a list of records shows to this reader, in the order of its columns."""
    hidden = hidden_answers(session, form)
    by_name = {field.name: field for field in form.fields}
    return tuple(by_name[name] for name in form.columns if name in by_name and name not in hidden)


def records_about(
    session: TenantSession, form: Form, child_id: UUID, limit: int = PAGE
) -> tuple[RecordLine, ...]:
    """The latest records of a form about one child; as in a list, hidden answers are missing.

    The caller checks ``form.sees`` and has opened the child.
    """
    shown = _shown(session, form)
    rows = repository.lines_about(session, form, shown, child_id, limit)
    return tuple(RecordLine(row[0], row[1], dict(zip(shown, row[2:], strict=True))) for row in rows)


def hidden_answers(session: TenantSession, form: Form) -> frozenset[str]:
    """The fields of a form that the reader may not see; a record does not even hold them."""
    return session.hidden_fields(form.model)


def hidden_in_rows(session: TenantSession, form: Form) -> dict[str, frozenset[str]]:
    """The fields of each roster that the reader may not see."""
    return {roster.name: session.hidden_fields(roster.model) for roster in form.rosters}

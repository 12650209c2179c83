"""Takes submissions in and gives records out; flushes, never commits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from core.access.grants import assign_new_case
from core.forms import repository
from core.forms.checking import Checked, check_answers
from core.forms.context import FormContext, context_for
from core.forms.errors import AnswersRefusedError, FieldError
from core.forms.reading import given
from core.forms.steps import CORE_STEPS, FormStep
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.tenancy.models import Confidential
from core.tenancy.session import TenantWallError
from core.vault.columns import is_sealed, vault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from core.identity.principal import Principal
    from core.plugin_api.forms import Field, Form
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
    "list_records",
    "listed_fields",
    "records_about",
    "stored_before",
    "submit",
]

PAGE = 50
_NO_STEP = FormStep()
_KEY_LENGTH = range(8, 101)

_BAD_KEY = Text(
    vi="Phiếu thiếu mã gửi hoặc mã gửi không đúng dạng. Hãy mở lại trang và gửi lại.",
    en="The idempotency key is missing or malformed (8 to 100 printable ASCII characters).",
)
_OTHER_BODY = Text(
    vi="Phiếu này đã được gửi với câu trả lời khác. Hãy mở phiếu mới để ghi thêm.",
    en="This key was already used with other answers. Use a new key for a new submission.",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The record that a submission made, now or when it was first sent."""

    record_id: UUID
    repeated: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs that is part of something larger; no answer decides that.

    ``columns`` is called once with the checked answers, when the record is about to be stored, and
    may store what the record hangs on. ``confidential_key`` says whose right it takes to learn
    of the record.
    """

    columns: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    confidential_key: Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A line of a list: the values of the form's ``columns``, typed, without names of people."""

    id: UUID
    entered_at: datetime
    values: Mapping[str, Any]


def submit(
    session: TenantSession,
    form: Form,
    raw: Mapping[str, Any],
    *,
    key: str,
    principal: Principal,
    context: FormContext,
    now: datetime,
    generated: bool = False,
    steps: Mapping[str, FormStep] = CORE_STEPS,
    place: Place | None = None,
) -> Stored:
    """Check the answers and store the record, once for each key of a person.

    The same key with the same answers gives the same record again, even if the answers would be
    refused by now.

    Raises:
        RefusedError: the person may not enter this form.
        AnswersRefusedError: something is missing or wrong; nothing is stored.
        ConflictError: the key came before with other answers.
        MalformedError: the key is not one.
    """
    known = stored_before(session, form, raw, key=key, principal=principal)
    if known is not None:
        return known
    body = _body(form, raw)
    checked = check_answers(form, raw, context, steps=steps)
    if checked.errors:
        raise AnswersRefusedError(checked.errors)
    step = steps.get(form.code, _NO_STEP)
    values = {**checked.values}
    if step.known is not None:
        values |= step.known(session, checked.values)
    record_id = new_id()
    if not repository.claim_entry(
        session,
        {
            "id": new_id(),
            "form_code": form.code,
            "form_version": form.version,
            "record_id": record_id,
            "entered_by": principal.account_id,
            "entered_at": now,
            "idempotency_key": key,
            "body_hash": _hash(session, form, body),
            "confidential_key": place.confidential_key(values)
            if place is not None
            else _confidential_key(form, values),
        },
    ):
        return _twin(session, form, principal, key, body)
    extras = {
        "created_by": principal.account_id,
        "created_at": now,
        "generated": generated,
        "registered_on": context.today,
    }
    placed = {} if place is None else place.columns(values)
    model: Any = form.model
    row = model(id=record_id, **_columns(form, {**extras, **values, **placed}))
    session.add(row)
    session.flush()
    if isinstance(row, Confidential):
        assign_new_case(session, row, by=principal.account_id, now=now)
    if step.saved is not None:
        step.saved(session, row)
    return Stored(record_id, repeated=False)


def stored_before(
    session: TenantSession, form: Form, raw: Mapping[str, Any], *, key: str, principal: Principal
) -> Stored | None:
    """What the same person stored for a key before; the way to tell a second sending.

    Raises:
        RefusedError: the person may not enter this form.
        ConflictError: the key came before with other answers.
        MalformedError: the key is not one.
    """
    _require_own_tenant(session, principal)
    principal.require(form.enters)
    if len(key) not in _KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise MalformedError(_BAD_KEY)
    return _known(session, form, principal, key, _body(form, raw))


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
    hidden = hidden_answers(session, form)
    shown = [name for name in form.columns if name not in hidden]
    rows = repository.lines_after(session, form, shown, after, limit)
    if rows is None:
        raise NotFoundError
    return tuple(RecordLine(row[0], row[1], dict(zip(shown, row[2:], strict=True))) for row in rows)


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
    hidden = hidden_answers(session, form)
    shown = [name for name in form.columns if name not in hidden]
    rows = repository.lines_about(session, form, shown, child_id, limit)
    return tuple(RecordLine(row[0], row[1], dict(zip(shown, row[2:], strict=True))) for row in rows)


def hidden_answers(session: TenantSession, form: Form) -> frozenset[str]:
    """The fields of a form that the reader may not see; a record does not even hold them."""
    return session.hidden_fields(form.model)


def _known(
    session: TenantSession, form: Form, principal: Principal, key: str, body: bytes
) -> Stored | None:
    entry = repository.entry_of(session, form.code, principal.account_id, key)
    if entry is None:
        return None
    if not _is_hash(session, form, body, entry.body_hash):
        raise ConflictError(_OTHER_BODY)
    return Stored(entry.record_id, repeated=True)


def _twin(
    session: TenantSession, form: Form, principal: Principal, key: str, body: bytes
) -> Stored:
    """The same submission was stored by another request in the meantime."""
    known = _known(session, form, principal, key, body)
    if known is None:
        raise ConflictError(_OTHER_BODY)
    return known


def _columns(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those values that the model has a column for; no choice at all is an empty list."""
    found: dict[str, Any] = {}
    several = {field.name for field in form.fields if field.kind == "choices"}
    for column in inspect(form.model).columns:
        name = str(column.key)
        if name in values:
            value = values[name]
            empty = value is None and name in several and not column.nullable
            found[name] = [] if empty else value
    return found


def _confidential_key(form: Form, values: Mapping[str, Any]) -> str | None:
    """Whose right it takes to learn that such a record was entered at all."""
    if issubclass(form.model, Confidential):
        return form.model.confidential_key
    key: str | None = values.get("confidential_key")
    return key


def _body(form: Form, raw: Mapping[str, Any]) -> bytes:
    """What the person sent for the form's own fields, before anything is read into it."""
    sent = {field.name: given(raw, field) for field in form.fields if not field.computed}
    answers = {name: value for name, value in sent.items() if value is not None}
    text = json.dumps([form.code, answers], sort_keys=True, ensure_ascii=True, default=_plain)
    return text.encode()


def _hash(session: TenantSession, form: Form, body: bytes) -> str:
    """Keyed where an answer is sealed: against a bare hash a telephone number could be tried."""
    if _has_sealed(form):
        return vault_of(session).mark(session.tenant_id, body)
    return hashlib.sha256(body).hexdigest()


def _is_hash(session: TenantSession, form: Form, body: bytes, known: str) -> bool:
    if _has_sealed(form):
        return vault_of(session).bears(session.tenant_id, body, known)
    return hashlib.sha256(body).hexdigest() == known


def _has_sealed(form: Form) -> bool:
    return any(is_sealed(column) for column in inspect(form.model).columns)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _require_own_tenant(session: TenantSession, principal: Principal) -> None:
    if principal.tenant_id != session.tenant_id:
        raise TenantWallError("A person acts in the session of another tenant.")

"""Takes submissions in: checked, stored once, with all that belongs to the record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import inspect

from core.access.grants import assign_new_case
from core.forms import repository
from core.forms.asking import ask
from core.forms.checking import check_answers
from core.forms.errors import AnswersRefusedError, FieldError
from core.forms.making import Making
from core.forms.reading import given
from core.forms.records import RecordReader
from core.forms.rosters import asked, new_rows, sent_for
from core.forms.steps import CORE_STEPS, FormStep
from core.forms.stored import Place, Stored
from core.kit.errors import ConflictError, MalformedError
from core.kit.ids import new_id
from core.kit.language import Text
from core.tenancy.guards import TenantWallError
from core.tenancy.models import Confidential
from core.vault.columns import is_sealed, vault_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from core.forms.context import FormContext
    from core.identity.principal import Principal
    from core.plugin_api.forms import Fault, Form, Verify
    from core.tenancy.session import TenantSession

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
    _require_may_send(session, form, key, principal)
    body = _body(form, raw)
    checked = check_answers(form, raw, context, steps=steps)
    if checked.errors:
        return _known(session, form, principal, key, body) or _refuse(checked.errors)
    step = steps.get(form.code, _NO_STEP)
    values = {**checked.values}
    if step.known is not None:
        values |= step.known(session, checked.values)
    if faults := faults_across_records(session, form, values, principal, context):
        faults = tuple(FieldError(checked.sent_as(f.field), f.message) for f in faults)
        return _known(session, form, principal, key, body) or _refuse(faults)
    record = _Record(session, form, principal, context, now, generated=generated)
    stored = record.store(values, key=key, body=body, step=step, place=place)
    return stored or _twin(session, form, principal, key, body)


def _refuse(faults: tuple[FieldError, ...]) -> NoReturn:
    raise AnswersRefusedError(faults)


def faults_across_records(
    session: TenantSession,
    form: Form,
    values: Mapping[str, Any],
    principal: Principal,
    context: FormContext,
    *,
    without: UUID | None = None,
) -> tuple[FieldError, ...]:
    """What the form's ``verify`` finds wrong with answers that are right by themselves."""
    if form.verify is None:
        return ()
    records = RecordReader(
        session,
        principal,
        context.forms,
        context.today,
        one_at_a_time=form.model,
        without=without,
    )
    faults = ask(session, form, _faults, form.verify, records, values)
    return tuple(FieldError(one.field, one.message) for one in faults)


def _faults(verify: Verify, records: RecordReader, values: Mapping[str, Any]) -> tuple[Fault, ...]:
    return tuple(verify(records, values))


def bounds_of(row: Any) -> dict[str, Any]:
    """What rows that belong to a record have from it: where it lies and who may read it."""
    names = {"commune_id", "confidential_key", getattr(type(row), "granted_by", "id")} - {"id"}
    return {name: getattr(row, name) for name in names if name in inspect(type(row)).columns}


def stored_before(
    session: TenantSession, form: Form, raw: Mapping[str, Any], *, key: str, principal: Principal
) -> Stored | None:
    """What the same person stored for a key before; the way to tell a second sending.

    Raises:
        RefusedError: the person may not enter this form.
        ConflictError: the key came before with other answers.
        MalformedError: the key is not one.
    """
    _require_may_send(session, form, key, principal)
    return _known(session, form, principal, key, _body(form, raw))


def _require_may_send(session: TenantSession, form: Form, key: str, principal: Principal) -> None:
    _require_own_tenant(session, principal)
    principal.require(form.enters)
    if len(key) not in _KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise MalformedError(_BAD_KEY)


def _known(
    session: TenantSession, form: Form, principal: Principal, key: str, body: bytes
) -> Stored | None:
    entry = repository.entry_of(session, form.code, principal.account_id, key)
    if entry is None:
        return None
    record_id, body_hash = entry
    if not _is_hash(session, form, body, body_hash):
        raise ConflictError(_OTHER_BODY)
    return Stored(record_id, repeated=True)


def _twin(
    session: TenantSession, form: Form, principal: Principal, key: str, body: bytes
) -> Stored:
    """The same submission was stored by another request in the meantime."""
    known = _known(session, form, principal, key, body)
    if known is None:
        raise ConflictError(_OTHER_BODY)
    return known


@dataclass(frozen=True, slots=True)
class _Record:
    """One record on its way into the database."""

    session: TenantSession
    form: Form
    principal: Principal
    context: FormContext
    now: datetime
    generated: bool

    def store(
        self,
        values: Mapping[str, Any],
        *,
        key: str,
        body: bytes,
        step: FormStep,
        place: Place | None,
    ) -> Stored | None:
        """Store it with its rows and what it makes, or nothing; ``None`` if its twin was first."""
        if self.form.makes is None:
            return self._store(values, key=key, body=body, step=step, place=place)
        with self.session.begin_nested():
            return self._store(values, key=key, body=body, step=step, place=place)

    def _store(
        self,
        values: Mapping[str, Any],
        *,
        key: str,
        body: bytes,
        step: FormStep,
        place: Place | None,
    ) -> Stored | None:
        session, form, model = self.session, self.form, self.form.model
        record_id = new_id()
        told = (place.confidential_key if place else partial(_confidential_key, form))(values)
        entry = {
            "id": new_id(),
            "form_code": form.code,
            "form_version": form.version,
            "record_id": record_id,
            "entered_by": self.principal.account_id,
            "entered_at": self.now,
            "idempotency_key": key,
            "body_hash": _hash(session, form, body),
            "confidential_key": told,
        }
        if not repository.claim_entry(session, entry):
            return None
        extras = {
            "created_by": self.principal.account_id,
            "created_at": self.now,
            "generated": self.generated,
            "registered_on": self.context.today,
        }
        placed = {} if place is None else place.columns(values)
        make: Any = model
        row = make(id=record_id, **columns_of(form, {**extras, **values, **placed}))
        session.put_row(row)
        if isinstance(row, Confidential):
            assign_new_case(session, row, by=self.principal.account_id, now=self.now)
        shared = extras | bounds_of(row)
        for roster in form.rosters:
            session.add_all(new_rows(roster, record_id, values[roster.name], shared))
        session.flush()
        after = step.added or step.saved
        if after is not None:
            after(session, row)
        return Stored(record_id, repeated=False, values=values, made=self._make(row, shared))

    def _make(self, row: Any, shared: Mapping[str, Any]) -> tuple[tuple[str, UUID], ...]:
        """Store what the form makes beside its record."""
        making = Making(
            self.session,
            self.form,
            self.principal,
            self.context,
            self.now,
            generated=self.generated,
            submit=submit,
        )
        return making.beside(row, shared)


def columns_of(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those values that the model has a column for; no choice at all is an empty list."""
    found: dict[str, Any] = {}
    several = {field.name for field in form.fields if field.kind == "choices"}
    model: Any = form.model
    for name, nullable in _columns(model):
        if name in values:
            value = values[name]
            empty = value is None and name in several and not nullable
            found[name] = [] if empty else value
    return found


@cache
def _columns(model: Any) -> tuple[tuple[str, bool], ...]:
    """The columns of a model, and whether they may hold nothing."""
    return tuple((str(column.key), bool(column.nullable)) for column in inspect(model).columns)


def _confidential_key(form: Form, values: Mapping[str, Any]) -> str | None:
    """Whose right it takes to learn that such a record was entered at all."""
    if issubclass(form.model, Confidential):
        return form.model.confidential_key
    key: str | None = values.get("confidential_key")
    return key


def _body(form: Form, raw: Mapping[str, Any]) -> bytes:
    """What the person sent for the form's own fields, before anything is read into it."""
    sent: dict[str, Any] = {field.name: given(raw, field) for field in asked(form.fields)}
    sent |= {roster.name: sent_for(roster, raw) or None for roster in form.rosters}
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
    models: Any = (form.model, *(roster.model for roster in form.rosters))
    return any(map(_seals, models))


@cache
def _seals(model: Any) -> bool:
    return any(is_sealed(column) for column in inspect(model).columns)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _require_own_tenant(session: TenantSession, principal: Principal) -> None:
    if principal.tenant_id != session.tenant_id:
        raise TenantWallError("A person acts in the session of another tenant.")

"""Corrects saved records: checked as when they were entered, with their history kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from core.forms import repository
from core.forms.checking import check_answers
from core.forms.errors import AnswersRefusedError, FieldError
from core.forms.making import Making
from core.forms.models import RecordChange
from core.forms.rosters import asked, new_rows, stored_rows
from core.forms.shown import shown_value
from core.forms.steps import CORE_STEPS, FormStep
from core.forms.submitting import bounds_of, columns_of, faults_across_records, submit
from core.forms.typed import as_typed
from core.kit.errors import ConflictError, NotFoundError, RefusedError
from core.kit.ids import new_id
from core.kit.language import Text
from core.tenancy.models import AreaScoped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.forms.context import FormContext
    from core.identity.principal import Principal
    from core.kit.language import Language
    from core.plugin_api.forms import Before, Field, Form
    from core.tenancy.session import TenantSession

_NO_STEP = FormStep()
_CHANGED = Text(
    vi="Trong lúc bạn sửa, hồ sơ này đã được người khác sửa. Những gì bạn ghi vẫn còn dưới đây; "
    "hãy xem lại rồi lưu lần nữa.",
    en="Somebody else corrected this record meanwhile. What you typed is still below; "
    "look at it again and save once more.",
)
_HIDDEN = Text(
    vi="Vai trò của bạn không xem được mọi mục của hồ sơ này nên không sửa được. "
    "Hãy nhờ cán bộ phụ trách hồ sơ.",
    en="Your role does not show every field of this record, so you cannot correct it. "
    "Ask whoever is responsible for it.",
)
_ELSEWHERE = Text(
    vi="Hồ sơ này nằm ngoài địa bàn bạn được ghi nên không sửa được.",
    en="This record lies outside the area where you may enter, so you cannot correct it.",
)
_REVIVERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "decimal": Decimal,
    "child": UUID,
    "household": UUID,
    "hamlet": UUID,
    "record": UUID,
}


class RecordChangedError(ConflictError):
    """The record was corrected by somebody else since it was opened."""

    code = "forms.record_changed"

    def __init__(self, version: int) -> None:
        """Tell the version that stands now."""
        super().__init__(_CHANGED)
        self.version = version


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """A record as it is before a correction; ``raw`` as somebody would type it."""

    form: Form
    row: Any
    rows: Mapping[str, tuple[Any, ...]]
    version: int

    @property
    def raw(self) -> dict[str, Any]:
        """Its answers; what is empty is missing."""
        found = {f.name: as_typed(getattr(self.row, f.name)) for f in asked(self.form.fields)}
        for roster in self.form.rosters:
            found[roster.name] = [
                {f.name: as_typed(getattr(row, f.name)) for f in asked(roster.fields)}
                for row in self.rows[roster.name]
            ]
        return {name: value for name, value in found.items() if value not in (None, [])}


def correctable(form: Form) -> Form:
    """The form without the fields that are not corrected."""
    parts = (replace(p, fields=tuple(f for f in p.fields if not f.fixed)) for p in form.parts)
    return replace(form, parts=tuple(parts))


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One field before and after, as people read it."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a record."""

    number: int
    by: UUID | None
    at: datetime
    values: tuple[ValueChange, ...]


def may_correct(form: Form, principal: Principal) -> bool:
    """Whether records of this form may be corrected by this person at all."""
    return form.editable and principal.may(form.enters) and principal.may(form.sees)


def open_to_correct(
    session: TenantSession, form: Form, record_id: UUID, principal: Principal
) -> OpenRecord:
    """The record in the version of the form with which it was entered.

    Raises:
        NotFoundError: there is no such record for this reader, or its form corrects none.
        RefusedError: the person may not enter the form, or does not see or reach all of it.
    """
    if not form.editable:
        raise NotFoundError
    principal.require(form.sees)
    principal.require(form.enters)
    row = repository.record_to_correct(session, form, record_id)
    if row is None:
        raise NotFoundError
    parts = ((form.model, form.fields), *((r.model, r.fields) for r in form.rosters))
    for model, fields in parts:
        if not session.hidden_fields(model).isdisjoint(field.name for field in fields):
            raise RefusedError(_HIDDEN)
    _require_own_area(session, row)
    declared = form.at(entered_with(session, form, record_id))
    version = repository.last_change(session, record_id)
    return OpenRecord(declared, row, stored_rows(session, declared, record_id), version)


def entered_with(session: TenantSession, form: Form, record_id: UUID) -> int:
    """The version of the form with which a record was entered."""
    entry = repository.entry_of_record(session, form.code, record_id)
    return form.version if entry is None else entry.form_version


def version_of(session: TenantSession, record_id: UUID) -> int:
    """How often a record was corrected: what a correction must name to be taken."""
    return repository.last_change(session, record_id)


def correct(
    session: TenantSession,
    form: Form,
    record_id: UUID,
    raw: Mapping[str, Any],
    *,
    version: int,
    principal: Principal,
    context: FormContext,
    now: datetime,
    steps: Mapping[str, FormStep] = CORE_STEPS,
) -> bool:
    """Check the answers and put them in the place of the stored ones; whether anything changed.

    ``version`` is the one that was opened. The old values stay in the record's history, and the
    figures of both are marked stale by the session.

    Raises:
        NotFoundError: there is no such record for this reader, or its form corrects none.
        RefusedError: the person may not.
        AnswersRefusedError: something is missing or wrong; nothing is changed.
        RecordChangedError: the record was corrected by somebody else meanwhile.
    """
    opened = open_to_correct(session, form, record_id, principal)
    fixed = {field.name for field in opened.form.fields if field.fixed}
    kept = {name: value for name, value in opened.raw.items() if name in fixed}
    sent = {name: value for name, value in raw.items() if name not in fixed} | kept
    checked = check_answers(opened.form, sent, context, steps=steps)
    if checked.errors:
        raise AnswersRefusedError(checked.errors)
    step = steps.get(form.code, _NO_STEP)
    values = {**checked.values}
    if step.known is not None:
        values |= step.known(session, checked.values)
    if not session.hidden_fields(form.model).isdisjoint(columns_of(opened.form, values)):
        raise RefusedError(_HIDDEN)
    changes = _differences(opened, values)
    if not changes:
        return False
    if version != opened.version:
        raise RecordChangedError(opened.version)
    faults = faults_across_records(
        session, opened.form, values, principal, context, without=record_id
    )
    if faults:
        raise AnswersRefusedError(
            tuple(FieldError(checked.sent_as(one.field), one.message) for one in faults)
        )
    for name, value in columns_of(opened.form, values).items():
        if getattr(opened.row, name) != value:
            setattr(opened.row, name, value)
    _require_own_area(session, opened.row)
    before = _rows_of(opened)
    _replace_rows(session, opened, values)
    session.add(
        RecordChange(
            id=new_id(),
            form_code=form.code,
            record_id=record_id,
            subject_id=_subject(opened.row),
            number=opened.version + 1,
            changed_by=principal.account_id,
            changed_at=now,
            confidential_key=_confidential_key(opened.row),
            changes=json.dumps(changes, ensure_ascii=False, default=_plain),
        )
    )
    session.flush()
    _follow(session, step, opened.row)
    _make_again(session, opened, before, principal=principal, context=context, now=now)
    return True


def _make_again(
    session: TenantSession,
    opened: OpenRecord,
    before: Before,
    *,
    principal: Principal,
    context: FormContext,
    now: datetime,
) -> None:
    generated = getattr(opened.row, "generated", False)
    making = Making(session, opened.form, principal, context, now, generated, submit)
    shared = {"created_by": principal.account_id, "created_at": now, "generated": generated}
    making.again(opened.row, before, shared | bounds_of(opened.row))


def _follow(session: TenantSession, step: FormStep, row: Any) -> None:
    """What rests on the row is brought after it."""
    for after in (step.saved, step.corrected):
        if after is not None:
            after(session, row)


def history(
    session: TenantSession,
    form: Form,
    record_id: UUID,
    language: Language,
    names: Callable[[list[tuple[Field, Any]]], Mapping[Any, str]],
) -> tuple[Correction, ...]:
    """The corrections of a record that the caller has opened, the latest first.

    What is hidden from the reader is left out. ``names`` gives names to places and records.
    """
    found = []
    hidden = session.hidden_fields(form.model)
    for change in repository.changes_of(session, record_id):
        pairs = json.loads(change.changes)
        values = [
            _shown(field, pairs[field.name], language, names)
            for field in form.fields
            if field.name in pairs and field.name not in hidden
        ]
        for roster in form.rosters:
            if roster.name in pairs and not session.hidden_fields(roster.model):
                before, after = (str(len(rows)) for rows in pairs[roster.name])
                values.append(ValueChange(_rows_label(roster.title, language), before, after))
        found.append(Correction(change.number, change.changed_by, change.changed_at, tuple(values)))
    return tuple(found)


def _rows_label(title: Text, language: Language) -> str:
    return Text(vi=f"{title.vi} (số dòng)", en=f"{title.en} (rows)").read(language)


def _shown(
    field: Field,
    pair: Sequence[Any],
    language: Language,
    names: Callable[[list[tuple[Field, Any]]], Mapping[Any, str]],
) -> ValueChange:
    revive = _REVIVERS.get(field.kind, lambda value: value)
    before, after = (None if value is None else revive(value) for value in pair)
    known = names([(field, before), (field, after)])
    return ValueChange(
        field.label.read(language),
        shown_value(field, before, language, known),
        shown_value(field, after, language, known),
    )


def _differences(opened: OpenRecord, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Each column and roster whose value is another now: before and after."""
    changes = {
        name: [getattr(opened.row, name), value]
        for name, value in columns_of(opened.form, values).items()
        if getattr(opened.row, name) != value
    }
    stored = _rows_of(opened)
    for roster in opened.form.rosters:
        names = [field.name for field in asked(roster.fields)]
        before = stored[roster.name]
        after = [{n: row.get(n) for n in names} for row in values[roster.name]]
        if [_filled(row) for row in before] != [_filled(row) for row in after]:
            changes[roster.name] = [before, after]
    return changes


def _rows_of(opened: OpenRecord) -> dict[str, list[dict[str, Any]]]:
    """The rows of its rosters as they are stored."""
    return {
        roster.name: [
            {field.name: getattr(row, field.name) for field in asked(roster.fields)}
            for row in opened.rows[roster.name]
        ]
        for roster in opened.form.rosters
    }


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, [])}


def _replace_rows(session: TenantSession, opened: OpenRecord, values: Mapping[str, Any]) -> None:
    """Row by row in their order; rows too many are deleted, new ones added."""
    for roster in opened.form.rosters:
        there = opened.rows[roster.name]
        wanted = values[roster.name]
        for row, answers in zip(there, wanted, strict=False):
            for name, value in answers.items():
                if hasattr(row, name) and getattr(row, name) != value:
                    setattr(row, name, [] if value is None and _several(roster, name) else value)
        for row in there[len(wanted) :]:
            session.delete(row)
        shared = bounds_of(opened.row) | {"generated": getattr(opened.row, "generated", False)}
        added = new_rows(roster, opened.row.id, wanted, shared)[len(there) :]
        for row in added:
            if hasattr(row, "created_at"):
                row.created_at = opened.row.created_at
        session.add_all(added)


def _several(roster: Any, name: str) -> bool:
    return any(field.name == name and field.kind == "choices" for field in roster.fields)


def _require_own_area(session: TenantSession, row: Any) -> None:
    if not isinstance(row, AreaScoped):
        return
    model: Any = type(row)
    communes = session.reach.communes_to_enter(model.__table__.fullname)
    if communes is not None and row.commune_id not in communes:
        raise RefusedError(_ELSEWHERE)


def _subject(row: Any) -> UUID:
    """What a grant on the record names."""
    granted_by = getattr(row, "granted_by", "id")
    subject: UUID = getattr(row, granted_by)
    return subject


def _confidential_key(row: Any) -> str | None:
    key: str | None = getattr(row, "confidential_key", None)
    return key


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)

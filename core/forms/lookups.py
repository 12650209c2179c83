"""Hamlets and records that a field may name: those within reach, by id, code or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from sqlalchemy import select

from core.areas.repository import area_names
from core.forms.shown import shown_value
from core.kit.text import fold, nfc
from core.register.hamlets import repository as hamlets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.identity.principal import Principal
    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form
    from core.tenancy.session import TenantSession

# More are not offered in a list but found by code or name.
FEW = 60
SHOWN = 20
# Of so many records the newest are searched for a name; older ones are found by code.
_SEARCHED = 2000

Choice = tuple[str, str]


class Lookups(Protocol):
    """What a form must know of hamlets and records to read its answers and draw its page."""

    def find_hamlet(self, text: str, commune: object = None) -> UUID | None:
        """The hamlet that an id or a name stands for, in one commune where that is known."""

    def commune_of(self, hamlet_id: UUID) -> int | None:
        """The commune in which a hamlet lies."""

    def find_record(self, form_code: str, text: str) -> UUID | None:
        """The record that an id, a code or a name stands for."""

    def choices(self, field: Field, language: Language) -> Sequence[Choice] | None:
        """What may be chosen, if it is few enough for a list."""

    def called(self, field: Field, text: str, language: Language) -> str | None:
        """What people call the hamlet or record whose id a field holds."""


class NoLookups:
    """Knows nothing: nothing is found."""

    def find_hamlet(self, _text: str, _commune: object = None) -> UUID | None:
        """Nothing."""
        return None

    def commune_of(self, _hamlet_id: UUID) -> int | None:
        """Nothing."""
        return None

    def find_record(self, _form_code: str, _text: str) -> UUID | None:
        """Nothing."""
        return None

    def choices(self, _field: Field, _language: Language) -> Sequence[Choice] | None:
        """Nothing."""
        return ()

    def called(self, _field: Field, _text: str, _language: Language) -> str | None:
        """Nothing."""
        return None


class SessionLookups:
    """Looks into the records of one session, for one person."""

    def __init__(
        self, session: TenantSession, principal: Principal, forms: Mapping[str, Form], today: date
    ) -> None:
        """``forms`` are those that exist for the tenant now, by code."""
        self._session = session
        self._principal = principal
        self._forms = forms
        self._today = today

    def find_hamlet(self, text: str, commune: object = None) -> UUID | None:
        """The one hamlet of that id or name; with the commune it is one of its own."""
        found = hamlets.hamlets_named(self._session, self._today, _key(text) or fold(text))
        if len(found) > 1:
            found = [one for one in found if str(one.commune_id) == str(commune)]
        return found[0].id if len(found) == 1 else None

    def commune_of(self, hamlet_id: UUID) -> int | None:
        """The commune in which a hamlet lies."""
        found = hamlets.hamlets_with_ids(self._session, [hamlet_id])
        return found[0].commune_id if found else None

    def find_record(self, form_code: str, text: str) -> UUID | None:
        """The one record; of several with one name none, so that nobody guesses."""
        form = self._readable(form_code)
        if form is None:
            return None
        model: Any = form.model
        own = model.tenant_id == self._session.tenant_id
        key = _key(text)
        if key is not None:
            found: UUID | None = self._session.scalar(select(model.id).where(own, model.id == key))
            return found
        if form.code_column is not None:
            column = getattr(model, form.code_column)
            code = nfc(text).upper().replace(" ", "")
            coded = select(model.id).where(own, column == code)
            named: Sequence[UUID] = self._session.scalars(coded).all()
            if len(named) == 1:
                return named[0]
        wanted = fold(text)
        lines = self._lines(form, "vi", _SEARCHED)
        alike = {key for key, name, label in lines if wanted in {fold(name), fold(label)}}
        return alike.pop() if len(alike) == 1 else None

    def choices(self, field: Field, language: Language) -> Sequence[Choice] | None:
        """All of them, unless they are too many for a list."""
        if field.kind == "hamlet":
            there = hamlets.hamlets(self._session, self._today, limit=FEW + 1)
            found: list[Choice] = [(str(one.id), one.label) for one in there]
        else:
            form = self._readable(field.of or "")
            lines = self._lines(form, language, FEW + 1) if form is not None else []
            found = sorted(((str(key), label) for key, _, label in lines), key=_by_label)
        return found if len(found) <= FEW else None

    def called(self, field: Field, text: str, language: Language) -> str | None:
        """What people call it; ``None`` for what is no id or lies out of reach."""
        key = _key(text)
        if key is None:
            return None
        if field.kind == "hamlet":
            there = hamlets.hamlets_with_ids(self._session, [key])
            return there[0].label if there else None
        form = self._readable(field.of or "")
        return None if form is None else labels(self._session, form, [key], language).get(key)

    def hamlets_like(self, text: str) -> list[Choice]:
        """Hamlets whose name begins so, with accents or without."""
        folded = fold(text)
        like = hamlets.hamlets_beginning(self._session, self._today, folded, limit=SHOWN)
        return [(str(one.id), one.label) for one in like]

    def records_like(self, form: Form, text: str, language: Language) -> list[Choice]:
        """Records whose code or name holds the text."""
        wanted = fold(text)
        lines = self._lines(form, language, _SEARCHED)
        return [(str(key), label) for key, _, label in lines if wanted in fold(label)][:SHOWN]

    def _readable(self, form_code: str) -> Form | None:
        form = self._forms.get(form_code)
        return form if form is not None and self._principal.may(form.sees) else None

    def _lines(self, form: Form, language: Language, limit: int) -> list[tuple[UUID, str, str]]:
        """Id, name and label of a form's records, the newest first."""
        model: Any = form.model
        fields = listed(self._session, form)
        columns = [getattr(model, field.name) for field in fields]
        statement = (
            select(model.id, *columns)
            .where(model.tenant_id == self._session.tenant_id)
            .order_by(model.created_at.desc(), model.id.desc())
            .limit(limit)
        )
        rows = self._session.execute(statement).all()
        places = _places(self._session, fields, rows)
        lines = []
        for key, *values in rows:
            words = _words(fields, values, language, places)
            lines.append((key, words[0] if words else "", " · ".join(words)))
        return lines


def listed(session: TenantSession, form: Form) -> tuple[Field, ...]:
    """The fields by which a record is told from others: its code or name, then its list's."""
    hidden = session.hidden_fields(form.model)
    by_name = {field.name: field for field in form.fields}
    first = [name for name in (form.code_column, form.called) if name is not None]
    names = dict.fromkeys([*first, *form.columns])
    return tuple(by_name[name] for name in names if name in by_name and name not in hidden)


def labels(
    session: TenantSession, form: Form, ids: Sequence[UUID], language: Language
) -> dict[UUID, str]:
    """What people call some records; those out of reach are missing."""
    model: Any = form.model
    fields = listed(session, form)
    columns = [getattr(model, field.name) for field in fields]
    statement = select(model.id, *columns).where(
        model.tenant_id == session.tenant_id, model.id.in_(sorted(ids))
    )
    rows = session.execute(statement).all()
    places = _places(session, fields, rows)
    return {
        key: " · ".join(_words(fields, values, language, places)) or "–" for key, *values in rows
    }


def _words(
    fields: Sequence[Field], values: Sequence[Any], language: Language, places: Mapping[Any, str]
) -> list[str]:
    shown = (
        shown_value(field, value, language, places)
        for field, value in zip(fields, values, strict=True)
        if field.kind not in {"child", "household", "record", "hamlet"}
    )
    return [word for word in shown if word is not None][:3]


def _places(session: TenantSession, fields: Sequence[Field], rows: Sequence[Any]) -> dict[int, str]:
    at = [number for number, field in enumerate(fields, 1) if field.kind == "commune"]
    return area_names(session, {row[number] for row in rows for number in at if row[number]})


def _key(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def _by_label(choice: Choice) -> str:
    return fold(choice[1])

"""The rows of a roster: read from what was sent, stored with their record, found again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select

from core.forms.reading import COMMUNE, given, read
from core.kit.ids import new_id
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.forms.context import FormContext
    from core.forms.reading import Reading
    from core.plugin_api.forms import Field, Form, Roster
    from core.tenancy.session import TenantSession

POSITION = "position"

_UNREADABLE = Text(
    vi="Danh sách này không đọc được. Hãy gửi từng dòng là một đối tượng.",
    en="This list cannot be read: send a list of objects, one for each row.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was not left empty; ``place`` is where it was sent, from zero."""

    place: int
    readings: Mapping[str, Reading]

    def values(self) -> dict[str, Any]:
        """What could be read."""
        return {name: reading.value for name, reading in self.readings.items()}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one roster, or the sentence that says why there are none to read."""

    rows: tuple[Row, ...] = ()
    error: Text | None = None


def asked(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Those fields that a person answers."""
    return tuple(field for field in fields if not field.computed)


def sent_rows(roster: Roster, raw: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The rows as they were sent, empty ones included; ``None`` when they are no rows."""
    sent = raw.get(roster.name)
    if sent is None or sent == "":
        return []
    if not isinstance(sent, list | tuple) or not all(isinstance(row, dict) for row in sent):
        return None
    return list(sent)


def read_rows(roster: Roster, raw: Mapping[str, Any], context: FormContext) -> Rows:
    """Every row that holds something, each answer typed or with its fault."""
    sent = sent_rows(roster, raw)
    if sent is None:
        return Rows(error=_UNREADABLE)
    fields = asked(roster.fields)
    filled = [
        (place, row)
        for place, row in enumerate(sent)
        if any(given(row, field) is not None for field in fields)
    ]
    if len(filled) > roster.most:
        return Rows(
            error=Text(
                vi=f"Danh sách có nhiều nhất {roster.most} dòng.",
                en=f"The list has at most {roster.most} rows.",
            )
        )
    commune = raw.get(COMMUNE)
    return Rows(
        tuple(
            Row(place, {f.name: read(f, row, context, commune=commune) for f in fields})
            for place, row in filled
        )
    )


def sent_for(roster: Roster, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was sent for the roster's own fields, for telling two submissions apart."""
    fields = asked(roster.fields)
    found = []
    for row in sent_rows(roster, raw) or ():
        answers = {field.name: given(row, field) for field in fields}
        answers = {name: value for name, value in answers.items() if value is not None}
        if answers:
            found.append(answers)
    return found


def new_rows(
    roster: Roster, record_id: UUID, values: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]
) -> list[Any]:
    """The rows to store; ``shared`` is what they have from their record."""
    model: Any = roster.model
    columns = {str(column.key) for column in inspect(model).columns}
    several = {field.name for field in roster.fields if field.kind == "choices"}
    rows = []
    for position, answers in enumerate(values):
        kept = {**shared, POSITION: position, **answers, roster.parent: record_id}
        kept |= {name: [] for name in several if kept.get(name) is None}
        row = {name: value for name, value in kept.items() if name in columns}
        rows.append(model(**({"id": new_id()} | row)))
    return rows


def stored_rows(session: TenantSession, form: Form, record_id: UUID) -> dict[str, tuple[Any, ...]]:
    """The rows of a record by roster, in the order in which they were entered.

    A reader who is not shown what they belong to finds none.
    """
    found: dict[str, tuple[Any, ...]] = {}
    for roster in form.rosters:
        model: Any = roster.model
        if not session.hidden_fields(model).isdisjoint({roster.parent, POSITION}):
            found[roster.name] = ()
            continue
        statement = select(model).where(
            model.tenant_id == session.tenant_id, getattr(model, roster.parent) == record_id
        )
        rows = session.scalars(statement).all()
        ordered = sorted(rows, key=lambda row: (getattr(row, POSITION, 0), row.id))
        found[roster.name] = tuple(ordered)
    return found

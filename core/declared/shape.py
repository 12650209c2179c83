"""What the tables of a declared plugin hold, and whether a new version only adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.db.base import DataClass
from core.declared.file import needed, options_of
from core.declared.mapped import COMMUNE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.declared.file import FieldRow, File, FormRow
    from core.profiles.faults import Findings


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column as an answer was promised to be kept."""

    kind: str
    data_class: str
    needed: bool
    since: int
    places: int | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormShape:
    """One table."""

    version: int
    columns: Mapping[str, ColumnShape]


Shape = dict[str, FormShape]


def shape_of(file: File) -> Shape:
    """What the tables of a file hold, by the name of their form."""
    return {
        form.name: FormShape(
            form.version,
            {row.name: _column(row, file) for row in form.fields if row.name != COMMUNE},
        )
        for form in file.forms
    }


def to_json(shape: Shape) -> dict[str, Any]:
    """The shape as it is stored."""
    return {
        name: {
            "version": form.version,
            "columns": {
                column: {
                    "kind": held.kind,
                    "class": held.data_class,
                    "needed": held.needed,
                    "since": held.since,
                    "places": held.places,
                    "options": list(held.options),
                }
                for column, held in form.columns.items()
            },
        }
        for name, form in shape.items()
    }


def from_json(stored: Mapping[str, Any]) -> Shape:
    """The shape as it was stored."""
    return {
        name: FormShape(
            form["version"],
            {
                column: ColumnShape(
                    held["kind"],
                    held["class"],
                    held["needed"],
                    held["since"],
                    held["places"],
                    tuple(held["options"]),
                )
                for column, held in form["columns"].items()
            },
        )
        for name, form in stored.items()
    }


def refuse_losses(file: File, before: Shape, findings: Findings) -> None:
    """Note every change that would lose or reinterpret what was answered."""
    forms = {form.name: form for form in file.forms}
    for name, held in before.items():
        form = forms.get(name)
        if form is None:
            cure = "put it back; to ask it no more, take it from the roles that enter it"
            findings.add(("forms",), f"the form {name} is gone, and its records with it; {cure}")
            continue
        for message, thing, field in _losses(form, held, file):
            findings.add_at(thing, field, message)


def _losses(form: FormRow, before: FormShape, file: File) -> Iterator[tuple[str, object, str]]:
    rows = {row.name: row for row in form.fields}
    if form.version < before.version:
        wrong = f"was {before.version} already"
        yield f"{wrong}; a form's version is never lowered", form, "version"
    for name, held in before.columns.items():
        row = rows.get(name)
        if row is None:
            cure = f"put it back, with until = {before.version} if it is asked no more"
            yield f"the field {name} is gone, and what was answered; {cure}", form, "parts"
        else:
            yield from ((text, row, field) for text, field in _changes(row, held, file))
    for name, row in rows.items():
        if name != COMMUNE and name not in before.columns and row.since <= before.version:
            wrong = f"is new, but the records of version {before.version} were not asked it"
            cure = f"write since = {before.version + 1} and raise the form's version to it"
            yield f"{wrong}; {cure}", row, "since"


def _changes(row: FieldRow, held: ColumnShape, file: File) -> Iterator[tuple[str, str]]:
    now = _column(row, file)
    anew = "give the new question another name, and end this one with until"
    if (now.kind, now.places) != (held.kind, held.places):
        yield f"was a {held.kind}, and answers of that kind are stored; {anew}", "kind"
        return
    if DataClass(now.data_class).rank < DataClass(held.data_class).rank:
        wrong = f"was {held.data_class}: people answered in the belief that it is kept so"
        yield f"{wrong}; leave it, or {anew}", "class"
    if now.since != held.since:
        yield f"was asked from version {held.since} on; write since = {held.since}", "since"
    if now.needed and not held.needed:
        wrong = "could be left out before, and records without it are stored"
        yield f"{wrong}; leave required = false, or {anew}", "required"
    gone = [value for value in held.options if value not in now.options]
    if gone:
        wrong = f"no longer knows {', '.join(gone)}, which records hold"
        yield f"{wrong}; put it back into the code list, with until if it is ended", "codes"


def _column(row: FieldRow, file: File) -> ColumnShape:
    return ColumnShape(
        row.kind,
        str(row.data_class),
        needed(row),
        row.since,
        row.places,
        tuple(option.value for option in options_of(row, file.codes)),
    )

"""The forms: every answer has a column, every rule its fields, no name stands in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from core.authoring.finding import Finding
from core.cases.papers.intake import INTAKE_FORM
from core.db.base import DataClass
from core.forms.evaluate import fields_of, names_in
from core.plugin_api.rules import Rule, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.authoring.subject import Declared
    from core.plugin_api.forms import Field, Form

LONGEST_LABEL = 120
LONGEST_HELP = 400
_OPEN = frozenset({DataClass.PUBLIC, DataClass.INTERNAL})
_WORDS = frozenset({"text", "textarea"})
_CHOICES = frozenset({"choice", "choices"})
_KEPT_BY_CORE = ("created_at", "generated")


def columns(declared: Declared) -> Iterator[Finding]:
    """Answers and lists have their columns."""
    for form in declared.given.forms:
        there = _columns(form)
        for field in form.fields:
            if field.name not in there and not field.computed:
                wrong = f"the answer to {field.name} has no column and would be lost."
                yield Finding(
                    "forms.column", form.code, wrong, "Add the column, or drop the field."
                )
        asked = {field.name for field in form.fields}
        for name in form.columns:
            if name not in asked or name not in there:
                wrong = f"the list shows {name}, which is no field with a column."
                yield Finding("forms.list", form.code, wrong, "Correct columns=(...).")
        for name in _KEPT_BY_CORE:
            if name not in there:
                wrong = f"its model has no column {name}, by which core orders and marks records."
                cure = "Add it as the generated plugin has it."
                yield Finding("forms.kept-by-core", form.code, wrong, cure)


def needed_columns(declared: Declared) -> Iterator[Finding]:
    """A column that must hold something is asked for, computed or has a default."""
    filled = {"tenant_id", "id", "created_by", "created_at", "generated", "registered_on"}
    for form in declared.given.forms:
        asked = {f.name for f in form.fields if f.relevant is None and f.required is True}
        listed = {f.name for f in form.fields if f.computed or f.kind == "choices"}
        for name, column in _columns(form).items():
            default = column.default is not None or column.server_default is not None
            known = name in asked | listed | filled or form.compute is not None
            if not column.nullable and not default and not known:
                wrong = f"{name} must hold something, but may be left unanswered."
                cure = "Make the field required, or the column nullable."
                yield Finding("forms.needed", form.code, wrong, cure)


def names_in_lists(declared: Declared) -> Iterator[Finding]:
    """What could be a person's name is never in a list."""
    for form in declared.given.forms:
        there = _columns(form)
        for field in form.fields:
            column = there.get(field.name)
            if column is None or field.name not in form.columns or field.kind not in _WORDS:
                continue
            if field.computed:
                continue  # nobody wrote it: a code, a class
            if column.info.get("data_class") not in _OPEN:
                wrong = f"the list shows {field.name}, written text on a person."
                yield Finding("forms.names", form.code, wrong, "Take it out of columns=(...).")


def rules(declared: Declared) -> Iterator[Finding]:
    """Rules look at fields that there are."""
    for form in declared.given.forms:
        asked = {field.name for field in form.fields}
        if len(asked) < len(form.fields):
            yield Finding("forms.twice", form.code, "has a field twice.", "Rename one of them.")
        rows = {roster.name: roster for roster in form.rosters}
        looked = [(field, asked | {*rows}) for field in form.fields]
        for roster in form.rosters:
            own = {field.name for field in roster.fields}
            looked += [(field, asked | {*rows} | own) for field in roster.fields]
        for field, there in looked:
            for name in sorted(set(_looked_at(field)) - there):
                wrong = f"a rule at {field.name} looks at {name}, which is no field."
                yield Finding("forms.rule", form.code, wrong, "Correct the name in answer(...).")


def options(declared: Declared) -> Iterator[Finding]:
    """A choice has options, each once."""
    for form in declared.given.forms:
        for field in _every_field(form):
            values = [option.value for option in field.options]
            if (field.kind in _CHOICES) is not bool(values) or len(set(values)) < len(values):
                wrong = f"{field.name} is a {field.kind} with {len(values)} options, or one twice."
                cure = "Give options to choices alone, each value once."
                yield Finding("forms.options", form.code, wrong, cure)


def lengths(declared: Declared) -> Iterator[Finding]:
    """Labels and helps are read on a telephone and by a screen reader: they are short."""
    for form in declared.given.forms:
        for field in _every_field(form):
            label = max(len(field.label.vi), len(field.label.en))
            said = max(len(field.help.vi), len(field.help.en)) if field.help else 0
            if label > LONGEST_LABEL or said > LONGEST_HELP:
                wrong = f"{field.name} has a label of {label} letters and a help of {said}."
                cure = f"At most {LONGEST_LABEL} and {LONGEST_HELP}: move the rest to the guide."
                yield Finding("forms.length", form.code, wrong, cure)


def rosters(declared: Declared) -> Iterator[Finding]:
    """Rows have their columns, one of them the id of their record."""
    for form in declared.given.forms:
        for roster in form.rosters:
            there = {str(column.key) for column in inspect(roster.model).columns}
            missing = {field.name for field in roster.fields if not field.computed} - there
            if roster.parent not in there:
                missing.add(roster.parent)
            for name in sorted(missing):
                wrong = f"the rows of {roster.name} have no column {name}."
                yield Finding("forms.roster", form.code, wrong, "Add the column, or correct it.")


def records(declared: Declared) -> Iterator[Finding]:
    """A record is picked from a form that there is."""
    known = declared.registry.catalogue.forms
    for form in declared.given.forms:
        for field in _every_field(form):
            if (field.kind == "record") is not (field.of in known):
                wrong = f"{field.name} is a {field.kind} of {field.of}."
                cure = "Give of= to records alone, the code of a form of core or of this plugin."
                yield Finding("forms.record", form.code, wrong, cure)


def offers(declared: Declared) -> Iterator[Finding]:
    """What is offered after saving is there, and what is carried fits both forms."""
    known = declared.registry.catalogue.forms
    for form in declared.given.forms:
        own = {field.name for field in form.fields} | {"id"}
        for offer in form.offers:
            other = INTAKE_FORM if offer.form == INTAKE_FORM.code else known.get(offer.form)
            theirs = {field.name for field in other.fields} if other else set()
            lost = {*offer.carry, *offer.fills} - theirs | set(offer.carry.values()) - own
            if other is None or lost:
                wrong = f"offers {offer.form} and carries {sorted(lost)}, of which there is none."
                yield Finding("forms.offer", form.code, wrong, "Correct form= and carry=.")


CHECKS = (
    columns,
    needed_columns,
    names_in_lists,
    rules,
    options,
    lengths,
    rosters,
    records,
    offers,
)


def _columns(form: Form) -> dict[str, Any]:
    return {str(column.key): column for column in inspect(form.model).columns}


def _every_field(form: Form) -> Iterator[Field]:
    yield from form.fields
    for roster in form.rosters:
        yield from roster.fields


def _looked_at(field: Field) -> Iterator[str]:
    rules_there = [field.required, field.relevant, *(check.rule for check in field.checks)]
    for rule in rules_there:
        if isinstance(rule, Rule):
            yield from fields_of(rule)
    for term in (field.least, field.most, field.value):
        if isinstance(term, Term):
            yield from names_in(term)

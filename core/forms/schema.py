"""A form as JSON Schema, for the API's description and for partners' programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.forms.reading import longest
from core.forms.rule_json import rule_value

if TYPE_CHECKING:
    from core.plugin_api.forms import Field, Form, Kind, Roster

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: Form) -> dict[str, Any]:
    """The answers that the form takes; rules between fields stand in ``x-`` keys.

    A field that is asked under a condition may be null or absent here; the server decides.
    """
    form = form.at(form.version)
    fields = [field for field in form.fields if not field.computed]
    return {
        "$schema": DIALECT,
        "title": form.title.vi,
        "description": form.purpose.vi,
        "x-title-en": form.title.en,
        "x-form": form.code,
        "x-version": form.version,
        "type": "object",
        "additionalProperties": False,
        "required": [
            *(field.name for field in fields if _always_required(field)),
            *(r.name for r in form.rosters if r.least and r.relevant is None),
        ],
        "properties": {field.name: _property(field) for field in fields}
        | {roster.name: _rows(roster) for roster in form.rosters},
    }


def _rows(roster: Roster) -> dict[str, Any]:
    """The rows of a roster: a list of objects."""
    fields = [field for field in roster.fields if not field.computed]
    found: dict[str, Any] = {
        "title": roster.title.vi,
        "x-title-en": roster.title.en,
        "type": "array",
        "minItems": 0 if roster.relevant is not None else roster.least,
        "maxItems": roster.most,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": [field.name for field in fields if _always_required(field)],
            "properties": {field.name: _property(field) for field in fields},
        },
    }
    if roster.relevant is not None:
        found["x-relevant"] = rule_value(roster.relevant)
    return found


def _always_required(field: Field) -> bool:
    return field.required is True and field.relevant is None


def _property(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"title": field.label.vi, "x-title-en": field.label.en}
    found.update(_type(field))
    if not _always_required(field):
        found["type"] = [found["type"], "null"]
        if "enum" in found:
            found["enum"] = [*found["enum"], None]
    if field.help is not None:
        found["description"] = field.help.vi
    if field.relevant is not None:
        found["x-relevant"] = rule_value(field.relevant)
    if not isinstance(field.required, bool):
        found["x-required"] = rule_value(field.required)
    return found


def _type(field: Field) -> dict[str, Any]:
    codes = [option.value for option in field.options]
    types: dict[Kind, dict[str, Any]] = {
        "text": {"type": "string", "maxLength": longest(field)},
        "textarea": {"type": "string", "maxLength": longest(field)},
        "integer": {"type": "integer", **_bounds(field)},
        "date": {"type": "string", "format": "date"},
        "datetime": {"type": "string", "format": "date-time"},
        "choice": {"type": "string", "enum": codes},
        "choices": {"type": "array", "uniqueItems": True, "items": {"enum": codes}},
        "yes_no": {"type": "boolean"},
        "decimal": {"type": "number", **_bounds(field), "x-places": field.places},
        "commune": {"type": "integer"},
        "hamlet": {"type": "string"},
        "record": {"type": "string", "x-form": field.of},
        "child": {"type": "string"},
        "household": {"type": "string"},
    }
    return types[field.kind]


def _bounds(field: Field) -> dict[str, int]:
    found = {}
    if isinstance(field.least, int):
        found["minimum"] = field.least
    if isinstance(field.most, int):
        found["maximum"] = field.most
    return found

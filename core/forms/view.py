"""A form as its page needs it: texts in one language, what was typed, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.forms.reading import NO, YES, longest
from core.forms.rule_json import rule_json
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.forms.context import FormContext
    from core.forms.errors import FieldError
    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form, Kind

Widget = Literal[
    "text",
    "textarea",
    "integer",
    "date",
    "datetime",
    "choice",
    "choices",
    "yes_no",
    "lookup",
]
# A commune is chosen from a list; a child or a household is looked up by name or code.
_WIDGETS: Mapping[Kind, Widget] = {"commune": "choice", "child": "lookup", "household": "lookup"}
_LOOKUPS: Mapping[Kind, str] = {"child": "/lookup/children", "household": "/lookup/households"}
_YES = Text(vi="Có", en="Yes")
_NO = Text(vi="Không", en="No")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One question; ``value`` is what was typed, for several choices the codes ticked.

    The two rules are JSON texts as ``rule_json`` writes them, or ``None``; without script every
    question is shown and the server decides.
    """

    id: str
    name: str
    kind: Widget
    label: str
    help: str | None
    required: bool
    value: str | tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    error: str | None
    suffix: str | None
    max_length: int | None
    width: int | None
    lookup_url: str | None
    relevant_rule_json: str | None
    required_rule_json: str | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A headed group of questions."""

    title: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The page of a form; ``errors`` are (id of the field, sentence) for the list at the top."""

    code: str
    number: str
    title: str
    purpose: str
    parts: tuple[PartView, ...]
    errors: tuple[tuple[str, str], ...]


def form_view(
    form: Form,
    raw: Mapping[str, Any] | None,
    errors: Iterable[FieldError],
    language: Language,
    context: FormContext,
) -> FormView:
    """The form with nothing lost of what was typed; ``raw`` is ``None`` for a new page."""
    faults = {error.field: error.message.read(language) for error in errors}
    parts = []
    for part in form.parts:
        fields = tuple(
            _field_view(field, raw, faults.get(field.name), language, context)
            for field in part.fields
            if not field.computed
        )
        if fields:
            parts.append(PartView(part.title.read(language), fields))
    return FormView(
        code=form.code,
        number=form.number,
        title=form.title.read(language),
        purpose=form.purpose.read(language),
        parts=tuple(parts),
        errors=tuple((_id(name), message) for name, message in faults.items()),
    )


def _field_view(
    field: Field,
    raw: Mapping[str, Any] | None,
    error: str | None,
    language: Language,
    context: FormContext,
) -> FieldView:
    rule = None if isinstance(field.required, bool) else field.required
    return FieldView(
        id=_id(field.name),
        name=field.name,
        kind=_WIDGETS.get(field.kind, field.kind),  # type: ignore[arg-type]  # the rest are widgets
        label=field.label.read(language),
        help=field.help.read(language) if field.help else None,
        required=field.required is True,
        value=_typed(field, raw, context),
        options=_options(field, language, context),
        error=error,
        suffix=field.suffix.read(language) if field.suffix else None,
        max_length=longest(field),
        width=None,
        lookup_url=_LOOKUPS.get(field.kind),
        relevant_rule_json=rule_json(field.relevant),
        required_rule_json=rule_json(rule),
    )


def _id(name: str) -> str:
    return f"field-{name}"


def _typed(
    field: Field, raw: Mapping[str, Any] | None, context: FormContext
) -> str | tuple[str, ...]:
    sent = None if raw is None else raw.get(field.name)
    if field.kind == "choices":
        several = sent if isinstance(sent, list | tuple) else [sent]
        return tuple(str(one) for one in several if one not in (None, ""))
    if isinstance(sent, list | tuple):
        sent = sent[0] if sent else None
    if sent is None:
        return _only_commune(context) if raw is None and field.kind == "commune" else ""
    if isinstance(sent, bool):
        return YES if sent else NO
    return str(sent)


def _only_commune(context: FormContext) -> str:
    """Whoever works in one commune need not choose it."""
    return str(next(iter(context.communes))) if len(context.communes) == 1 else ""


def _options(field: Field, language: Language, context: FormContext) -> tuple[tuple[str, str], ...]:
    if field.kind == "yes_no":
        return ((YES, _YES.read(language)), (NO, _NO.read(language)))
    if field.kind == "commune":
        return tuple((str(commune), name) for commune, name in context.communes.items())
    return tuple((option.value, option.label.read(language)) for option in field.options)

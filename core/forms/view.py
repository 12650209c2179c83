"""A form as its page needs it: texts in one language, what was typed, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.forms.checking import row_name
from core.forms.reading import NO, YES
from core.forms.rosters import asked, sent_rows
from core.forms.rule_json import rule_json, term_json
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.forms.context import FormContext
    from core.forms.errors import FieldError
    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form, Kind, Roster

Widget = Literal[
    "text",
    "textarea",
    "integer",
    "decimal",
    "date",
    "datetime",
    "choice",
    "choices",
    "yes_no",
    "select",
    "lookup",
    "computed",
]
BLANK_ROWS = 3
# A commune is chosen from a list; a child or a household is looked up by name or code.
_WIDGETS: Mapping[Kind, Widget] = {"commune": "choice", "child": "lookup", "household": "lookup"}
_LOOKUPS: Mapping[Kind, str] = {"child": "/lookup/children", "household": "/lookup/households"}
_YES = Text(vi="Có", en="Yes")
_NO = Text(vi="Không", en="No")
_ROW = Text(vi="Dòng", en="Row")


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
    width: int | None
    lookup_url: str | None
    relevant_rule_json: str | None
    required_rule_json: str | None
    value_json: str | None


@dataclass(frozen=True, slots=True)
class PartView:
    """A headed group of questions."""

    title: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a roster; ``prefix`` leads the names of its fields."""

    id: str
    number: int
    prefix: str
    error: str | None
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """Rows that repeat, some of them still empty; ``more`` when another may be added."""

    id: str
    name: str
    title: str
    help: str | None
    error: str | None
    rows: tuple[RowView, ...]
    more: bool
    relevant_rule_json: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The page of a form; ``errors`` are (id of the field, sentence) for the list at the top.

    ``fills`` when other records may know some of the answers.
    """

    code: str
    number: str
    title: str
    purpose: str
    parts: tuple[PartView, ...]
    rosters: tuple[RosterView, ...]
    fills: bool
    errors: tuple[tuple[str, str], ...]


def form_view(
    form: Form,
    raw: Mapping[str, Any] | None,
    errors: Iterable[FieldError],
    language: Language,
    context: FormContext,
    *,
    longer: str | None = None,
) -> FormView:
    """The form with nothing lost of what was typed; ``raw`` is ``None`` for a new page.

    ``longer`` names a roster that is to have more empty rows.
    """
    form = form.at(form.version)
    faults = {error.field: error.message.read(language) for error in errors}
    parts = []
    for part in form.parts:
        fields = tuple(
            _field_view(field, raw, faults.get(field.name), language, context)
            for field in part.fields
            if not field.computed or field.value is not None
        )
        if fields:
            parts.append(PartView(part.title.read(language), fields))
    return FormView(
        code=form.code,
        number=form.number,
        title=form.title.read(language),
        purpose=form.purpose.read(language),
        parts=tuple(parts),
        rosters=tuple(
            _roster_view(roster, raw, faults, language, context, longer=longer == roster.name)
            for roster in form.rosters
        ),
        fills=form.prefill is not None,
        errors=tuple((_id(n), _located(form, n, text, language)) for n, text in faults.items()),
    )


def _located(form: Form, name: str, message: str, language: Language) -> str:
    """The sentence of the list at the top names the field, in a roster the row too."""
    roster_name, _, rest = name.partition(".")
    number, _, field_name = rest.partition(".")
    roster = next((one for one in form.rosters if one.name == roster_name), None)
    if roster is None or not rest:
        label = next((f.label.read(language) for f in form.fields if f.name == name), "")
        return message if label.casefold() in message.casefold() else f"{label}: {message}"
    row = f"{_ROW.read(language)} {int(number) + 1}"
    label = next((f.label.read(language) for f in roster.fields if f.name == field_name), "")
    return f"{row}{', ' if label else ''}{label}: {message}"


def _roster_view(
    roster: Roster,
    raw: Mapping[str, Any] | None,
    faults: Mapping[str, str],
    language: Language,
    context: FormContext,
    *,
    longer: bool,
) -> RosterView:
    sent = sent_rows(roster, raw or {}) or []
    wanted = len(sent) + BLANK_ROWS if longer else max(len(sent), roster.least, BLANK_ROWS)
    shown = max(min(wanted, roster.most), len(sent))
    rows = []
    for place in range(shown):
        name = row_name(roster, place)
        typed: Mapping[str, Any] = sent[place] if place < len(sent) else {}
        fields = tuple(
            _field_view(
                field, typed, faults.get(f"{name}.{field.name}"), language, context, row=name
            )
            for field in asked(roster.fields)
        )
        rows.append(RowView(_id(name), place + 1, f"{name}.", faults.get(name), fields))
    return RosterView(
        id=_id(roster.name),
        name=roster.name,
        title=roster.title.read(language),
        help=roster.help.read(language) if roster.help else None,
        error=faults.get(roster.name),
        rows=tuple(rows),
        more=shown < roster.most,
        relevant_rule_json=rule_json(roster.relevant),
    )


def _field_view(
    field: Field,
    raw: Mapping[str, Any] | None,
    error: str | None,
    language: Language,
    context: FormContext,
    *,
    row: str = "",
) -> FieldView:
    rule = None if isinstance(field.required, bool) else field.required
    name = f"{row}.{field.name}" if row else field.name
    value = _typed(field, raw, context)
    options, widget, address = _choices(field, value, language, context)
    if row and widget == "choice":
        widget = "select"  # a row stays low
    return FieldView(
        id=_id(name),
        name=name,
        kind=widget if field.value is None else "computed",
        label=field.label.read(language),
        help=field.help.read(language) if field.help else None,
        required=field.required is True,
        value=value,
        options=options,
        error=error,
        suffix=field.suffix.read(language) if field.suffix else None,
        width=None,
        lookup_url=address,
        relevant_rule_json=rule_json(field.relevant),
        required_rule_json=rule_json(rule),
        value_json=term_json(field.value),
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
    if isinstance(sent, float):
        sent = f"{sent}".replace(".", ",")
    if isinstance(sent, bool):
        return YES if sent else NO
    return str(sent)


def _only_commune(context: FormContext) -> str:
    """Whoever works in one commune need not choose it."""
    return str(next(iter(context.communes))) if len(context.communes) == 1 else ""


def _choices(
    field: Field, value: str | tuple[str, ...], language: Language, context: FormContext
) -> tuple[tuple[tuple[str, str], ...], Widget, str | None]:
    """The options, the part of the page that takes them, and where to look up what are too many.

    Of those that are looked up the one that was chosen is an option, so that it is called by name.
    """
    if field.kind not in {"hamlet", "record"}:
        widget: Any = _WIDGETS.get(field.kind, field.kind)  # the other kinds are widgets
        return _options(field, language, context), widget, _LOOKUPS.get(field.kind)
    few = context.lookups.choices(field, language)
    if few is not None:
        return tuple(few), "select", None
    of = "hamlets" if field.of is None else f"records/{address_part(field.of)}"
    name = context.lookups.called(field, value, language) if isinstance(value, str) else None
    return ((str(value), name),) if name is not None else (), "lookup", f"/lookup/{of}"


def address_part(code: str) -> str:
    """How a form's code stands in addresses: ``core.at_risk`` is ``core/at-risk``."""
    return code.replace(".", "/").replace("_", "-")


def _options(field: Field, language: Language, context: FormContext) -> tuple[tuple[str, str], ...]:
    if field.kind == "yes_no":
        return ((YES, _YES.read(language)), (NO, _NO.read(language)))
    if field.kind == "commune":
        return tuple((str(commune), name) for commune, name in context.communes.items())
    return tuple((option.value, option.label.read(language)) for option in field.options)

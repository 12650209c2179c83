"""Turns a declared plugin's file into the values that a plugin in Python returns from its hooks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.db.base import DataClass
from core.declared.file import options_of
from core.declared.rules import read_rule
from core.declared.sections import SectionWriter
from core.forms.records import condition
from core.kit.language import Text
from core.plugin_api.figures import (
    Average,
    Change,
    Count,
    Indicator,
    Measure,
    Ratio,
    Sum,
    Units,
)
from core.plugin_api.forms import Check, Field, Form, Option, Part
from core.plugin_api.info import PluginInfo
from core.plugin_api.rules import answer
from core.plugin_api.values import ReportSection, RoleRights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.declared.file import (
        CodeList,
        FieldRow,
        File,
        FormRow,
        FormulaRow,
        IndicatorRow,
        MeasureRow,
    )
    from core.plugin_api.figures import Formula
    from core.plugin_api.rules import Rule
    from core.tenancy.models import TenantOwned

    Models = Mapping[str, type[TenantOwned]]

_PERCENT = 100


def card(file: File) -> PluginInfo:
    """The card; how careful its data must be kept is worked out from the columns."""
    said = file.plugin
    # of the carried columns the commune is personal
    classes = [DataClass.PERSONAL]
    classes += [
        DataClass(row.data_class) for form in file.forms for row in form.fields if row.data_class
    ]
    return PluginInfo(
        key=said.key,
        version=said.version,
        name=said.name.text,
        purpose=said.purpose.text,
        legal_basis=said.legal_basis,
        owner=said.owner,
        contact=said.contact,
        api=said.api,
        highest_class=max(classes, key=lambda one: one.rank),
        requires=said.requires,
        order=said.order,
        project=said.project,
    )


def forms(file: File, models: Models) -> tuple[Form, ...]:
    """The forms over their mapped tables."""
    key = file.plugin.key
    return tuple(
        Form(
            code=f"{key}.{form.name}",
            number=form.number,
            title=form.title.text,
            purpose=form.purpose.text,
            model=models[form.name],
            parts=tuple(
                Part(part.title.text, tuple(_field(row, form, file.codes) for row in part.fields))
                for part in form.parts
            ),
            columns=form.columns,
            enters=_right(key, form.name, "enter"),
            sees=_right(key, form.name, "read"),
            version=form.version,
            source=form.source,
            attachments=form.attachments,
            editable=form.editable,
        )
        for form in file.forms
    )


def roles(file: File) -> tuple[RoleRights, ...]:
    """Who enters and who sees which form."""
    key = file.plugin.key
    return tuple(
        RoleRights(
            row.role,
            frozenset(
                [_right(key, name, "enter") for name in row.enters]
                + [_right(key, name, "read") for name in row.sees]
            ),
            reads=DataClass(row.reads),
        )
        for row in file.roles
    )


def measures(file: File, models: Models) -> tuple[Measure, ...]:
    """What is counted."""
    by_name = {form.name: form for form in file.forms}
    return tuple(_measure(row, by_name[row.form], models[row.form], file) for row in file.measures)


def indicators(file: File) -> tuple[Indicator, ...]:
    """What is derived from it."""
    return tuple(_indicator(row, file.plugin.key) for row in file.indicators)


def report_sections(file: File) -> tuple[ReportSection, ...]:
    """The sections, each written from figures alone."""
    key = file.plugin.key
    named = {one.code: one for one in indicators(file)}
    details = {f"{key}.{row.name}": _detail_options(row, file) for row in file.measures}
    return tuple(
        ReportSection(
            code=f"{key}.{row.name}",
            title=row.title.text,
            write=SectionWriter(key, row, named, details).write,
            order=row.order,
            annex=row.annex,
        )
        for row in file.sections
    )


def _right(key: str, form: str, what: str) -> str:
    return f"{key}.{form}.{what}"


def _field(row: FieldRow, form: FormRow, codes: Mapping[str, CodeList]) -> Field:
    named = {one.name: one for one in form.fields}

    def rule(text: str) -> Rule:
        return read_rule(text, named, codes)

    optional: dict[str, Any] = {} if row.places is None else {"places": row.places}
    return Field(
        name=row.name,
        label=row.label.text,
        kind=row.kind,
        required=rule(row.required_if) if row.required_if is not None else row.required,
        relevant=None if row.asked_if is None else rule(row.asked_if),
        options=_options(row, codes),
        checks=tuple(Check(rule(one.rule), one.message.text) for one in row.checks),
        help=_maybe(row.help),
        least=answer(row.not_before) if row.not_before is not None else row.least,
        most=answer(row.not_above) if row.not_above is not None else row.most,
        max_length=row.max_length,
        suffix=_maybe(row.suffix),
        not_future=row.not_future,
        since=row.since,
        until=row.until,
        **optional,
    )


def _maybe(words: Any) -> Text | None:
    return None if words is None else words.text


def _options(row: FieldRow, codes: Mapping[str, CodeList]) -> tuple[Option, ...]:
    return tuple(
        Option(one.value, Text(vi=one.vi, en=one.en), one.until) for one in options_of(row, codes)
    )


def _measure(row: MeasureRow, form: FormRow, model: type[TenantOwned], file: File) -> Measure:
    named = {one.name: one for one in form.fields}
    where = None
    if row.where is not None:
        # no rule of a measure looks at today
        where = condition(model, read_rule(row.where, named, file.codes), date.min)
    return Measure(
        code=f"{file.plugin.key}.{row.name}",
        name=row.title.text,
        model=model,
        kind=row.kind,
        date=row.date,
        until=row.until,
        where=where,
        sums=row.sums,
        sex=row.sex,
        age=row.age,
        detail=row.detail,
        detail_options=_detail_options(row, file),
        sensitivity=DataClass(row.data_class),
        source=row.source,
    )


def _detail_options(row: MeasureRow, file: File) -> tuple[Option, ...]:
    form = next(one for one in file.forms if one.name == row.form)
    found = [one for one in form.fields if one.name == row.detail]
    return _options(found[0], file.codes) if found else ()


def _indicator(row: IndicatorRow, key: str) -> Indicator:
    return Indicator(
        code=row.code,
        name=row.name.text,
        definition=row.definition.text,
        unit=row.unit.text,
        direction=row.direction,
        frequency=row.frequency,
        formula=_formula(row.formula, key),
        breakdowns=row.breakdowns,
        sensitivity=DataClass(row.data_class),
        version=row.version,
        source=row.source,
    )


def _formula(row: FormulaRow, key: str) -> Formula:
    """The one formula that is given; a name without a point is one of the plugin's own."""

    def code(name: str) -> str:
        return name if "." in name else f"{key}.{name}"

    if row.count is not None:
        return Count(code(row.count))
    if row.sum is not None:
        return Sum(*map(code, row.sum))
    if row.ratio is not None:
        above, below = map(code, row.ratio)
        return Ratio(above, below, row.per or _PERCENT)
    if row.average is not None:
        above, below = map(code, row.average)
        return Average(above, below, row.per or 1)
    if row.units is not None and row.level is not None:
        return Units(code(row.units), row.level, row.at_least or 1)
    return Change(str(row.change))

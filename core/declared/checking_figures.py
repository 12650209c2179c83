"""Whether the measures, indicators and sections of a declared plugin are right in themselves."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from core.db.base import DataClass
from core.declared.file import needed, options_of
from core.declared.naming import name_fault, once
from core.declared.rules import RuleFault, read_rule
from core.forms.evaluate import fields_of
from core.profiles.faults import expected, unknown_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.declared.file import (
        FieldRow,
        File,
        FormRow,
        FormulaRow,
        IndicatorRow,
        MeasureRow,
        SentenceRow,
        TableRow,
    )
    from core.profiles.faults import Findings

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}-\d{2,3}")
_SEXES = frozenset({"male", "female"})
_FORMULAS = ("count", "sum", "ratio", "average", "units", "change")
_PAIR = 2


def check_measures(file: File, findings: Findings) -> None:
    """A measure names columns of its form, of the kinds that can be counted by."""
    once(findings, file.measures, [row.name for row in file.measures], "name")
    forms = {form.name: form for form in file.forms}
    for row in file.measures:
        fault = name_fault(row.name)
        if fault is not None:
            findings.add_at(row, "name", fault)
        form = forms.get(row.form)
        if form is None:
            findings.add_at(row, "form", unknown_word("form", row.form, forms))
            continue
        _Measure(file, row, form, findings).check()


def check_indicators(file: File, findings: Findings) -> None:
    """An indicator has one formula over measures that there are."""
    once(findings, file.indicators, [row.code for row in file.indicators], "code")
    measures = {row.name: row for row in file.measures}
    codes = {row.code for row in file.indicators}
    for row in file.indicators:
        if not _CODE.fullmatch(row.code):
            findings.add_at(row, "code", f"{row.code!r} is no code; write one such as MLK-01")
        if not row.frequency:
            findings.add_at(row, "frequency", "is empty; give Q, H or Y")
        worked = row.formula.change is None and row.data_class != "restricted"
        if worked and row.example is None:
            wrong = "is missing; work out by hand what the examples of the forms come to"
            findings.add_at(row, "example", wrong)
        _check_formula(row.formula, measures, codes - {row.code}, findings)
        _check_breakdowns(row, measures, findings)


def check_sections(file: File, findings: Findings) -> None:
    """A section asks for figures that there are, in both languages."""
    once(findings, file.sections, [row.name for row in file.sections], "name")
    codes = {row.code for row in file.indicators}
    for row in file.sections:
        fault = name_fault(row.name)
        if fault is not None:
            findings.add_at(row, "name", fault)
        if not row.sentences:
            findings.add_at(row, "sentences", "is empty; a section has at least one sentence")
        for sentence in row.sentences:
            _check_sentence(sentence, codes, findings)
        for table in row.tables:
            _check_table(table, file, codes, findings)


class _Measure:
    """The checks of one measure."""

    def __init__(self, file: File, row: MeasureRow, form: FormRow, findings: Findings) -> None:
        self._file = file
        self._row = row
        self._fields = {one.name: one for one in form.fields}
        self._findings = findings

    def check(self) -> None:
        row = self._row
        day = self._column("date", row.date, "date")
        if day is not None and not needed(day):
            wrong = f"{day.name} is not always asked, and records without it would not be counted"
            self._add("date", f"{wrong}; make it required, or count by another day")
        if row.until is not None and row.kind == "flow":
            self._add("until", 'is for kind = "stock"; take it out')
        self._column("until", row.until, "date")
        self._column("sums", row.sums, "integer")
        self._column("age", row.age, "integer")
        sex = self._column("sex", row.sex, "choice")
        if sex is not None:
            values = {option.value for option in options_of(sex, self._file.codes)}
            if not values <= _SEXES:
                self._add("sex", f"{sex.name} has other codes than male and female; use these two")
        self._column("detail", row.detail, "choice")
        named = [row.until, row.sums, row.age, row.sex, row.detail, *self._in_where()]
        self._check_class([self._fields[n] for n in named if n in self._fields])

    def _column(self, field: str, name: str | None, kind: str) -> FieldRow | None:
        found = self._fields.get(name or "")
        if name is not None and (found is None or found.kind != kind):
            there = [one.name for one in self._fields.values() if one.kind == kind]
            wrong = f"{name!r} is no field of kind {kind} in {self._row.form}"
            self._add(field, f"{wrong}; {expected(name, there)}")
            return None
        return found

    def _in_where(self) -> Iterator[str]:
        if self._row.where is None:
            return
        try:
            rule = read_rule(self._row.where, self._fields, self._file.codes)
        except RuleFault as fault:
            self._add("where", str(fault))
            return
        if "today" in self._row.where.split():
            self._add("where", "looks at today, and would count otherwise tomorrow; take it out")
        yield from fields_of(rule)

    def _check_class(self, counted: list[FieldRow]) -> None:
        stated = DataClass(self._row.data_class)
        for row in counted:
            if row.data_class == "sensitive" and stated.rank < DataClass.SENSITIVE.rank:
                wrong = f"counts by {row.name}, which is sensitive"
                self._add("class", f'{wrong}; write class = "sensitive" or "restricted"')

    def _add(self, field: str, message: str) -> None:
        self._findings.add_at(self._row, field, message)


def _check_formula(
    row: FormulaRow, measures: Mapping[str, MeasureRow], others: set[str], findings: Findings
) -> None:
    given = [name for name in _FORMULAS if getattr(row, name) is not None]
    if len(given) != 1:
        findings.add_at(
            row,
            given[-1] if given else "count",
            f"give exactly one formula, not {len(given)}; one of {', '.join(_FORMULAS)}",
        )
        return
    name = given[0]
    if name == "change":
        if row.change not in others:
            findings.add_at(row, name, unknown_word("indicator", row.change, others))
        return
    named = getattr(row, name)
    listed = (named,) if isinstance(named, str) else named
    if name in {"ratio", "average"} and len(listed) != _PAIR:
        findings.add_at(
            row, name, "names two measures: what is above, and what is below; give both"
        )
    if not listed:
        findings.add_at(row, name, "is empty; name the measures that add up")
    for one in listed:
        if "." not in one and one not in measures:
            findings.add_at(row, name, unknown_word("measure", one, measures))
    if (row.level is not None) is not (name == "units"):
        findings.add_at(
            row,
            "level",
            'goes with units and with nothing else; write level = "commune", or take it out',
        )


def _check_breakdowns(
    row: IndicatorRow, measures: Mapping[str, MeasureRow], findings: Findings
) -> None:
    formula = row.formula
    named = [formula.count, *(formula.sum or ()), *(formula.ratio or ()), *(formula.average or ())]
    found = [measures[name] for name in named if name is not None and name in measures]
    for cut in row.breakdowns:
        column = "age" if cut == "age_band" else cut
        if not found or any(getattr(one, column) is None for one in found):
            wrong = f"the measures are not counted by {cut}"
            findings.add_at(row, "breakdowns", f"{wrong}; give each its {column}, or take it out")


def _check_sentence(row: SentenceRow, codes: set[str], findings: Findings) -> None:
    for name, code in row.figures.items():
        if code not in codes:
            findings.add_at(row, "figures", unknown_word("indicator", code, codes))
        fault = name_fault(name)
        if fault is not None:
            findings.add_at(row, "figures", fault)
    if not row.figures:
        findings.add_at(row, "figures", "is empty; a sentence states at least one figure")
    for language in ("vi", "en"):
        try:
            places = set(_places(getattr(row, language)))
        except ValueError as error:
            findings.add_at(row, language, f"{error}; write {{name}} where a figure stands")
            continue
        if places != row.figures.keys():
            named = ", ".join(f"{{{name}}}" for name in sorted(row.figures))
            findings.add_at(row, language, f"states other figures than {named}; state each of them")


def _places(text: str) -> Iterator[str]:
    for _, name, spec, how in Formatter().parse(text):
        if name is None:
            continue
        if spec or how or not name.isidentifier():
            raise ValueError(f"{name!r} is more than a name")
        yield name


def _check_table(row: TableRow, file: File, codes: set[str], findings: Findings) -> None:
    if bool(row.indicators) is (row.by_detail is not None):
        findings.add_at(
            row,
            "indicators",
            "a table shows indicators, or one measure by_detail; give one of both",
        )
    for code in row.indicators:
        if code not in codes:
            findings.add_at(row, "indicators", unknown_word("indicator", code, codes))
    detailed = {one.name for one in file.measures if one.detail is not None}
    if row.by_detail is not None and row.by_detail not in detailed:
        findings.add_at(
            row, "by_detail", unknown_word("measure with a detail", row.by_detail, detailed)
        )

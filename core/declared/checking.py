"""Whether the card, the code lists and the forms of a declared plugin are right in themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from core.declared.file import options_of
from core.declared.mapped import ANCHORS, COMMUNE
from core.declared.naming import field_fault, form_fault, key_fault, name_fault, once
from core.declared.rules import RuleFault, read_rule
from core.identity.roles import BY_CODE
from core.plugin_api.info import API_VERSION
from core.profiles.faults import expected, unknown_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.declared.file import (
        CodeList,
        FieldRow,
        File,
        FormRow,
        OptionRow,
        RoleRow,
    )
    from core.profiles.faults import Findings

LONGEST_LABEL = 120
LONGEST_HELP = 400
_CHOICES = frozenset({"choice", "choices"})
_NUMBERS = frozenset({"integer", "decimal"})
_WORDS = frozenset({"text", "textarea"})
_OPEN = frozenset({"public", "internal"})
_NO_PERSON = frozenset({*_OPEN, None})
# which kinds of question may say what
_FITS: Mapping[str, frozenset[str]] = {
    "least": _NUMBERS,
    "most": _NUMBERS,
    "not_above": _NUMBERS,
    "not_before": frozenset({"date"}),
    "not_future": frozenset({"date"}),
    "max_length": _WORDS,
    "places": frozenset({"decimal"}),
    "codes": _CHOICES,
}
_ANSWERED_BY: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "textarea": (str,),
    "integer": (int,),
    "decimal": (int, Decimal),
    "date": (date,),
    "choice": (str,),
    "choices": (list,),
    "yes_no": (bool,),
}


def check_card(file: File, stem: str, findings: Findings) -> None:
    """One key everywhere, a version that can be compared, an API range with both ends."""
    card = file.plugin
    fault = key_fault(card.key)
    if fault is not None:
        findings.add_at(card, "key", fault)
    elif card.key != stem:
        findings.add_at(card, "key", f"the file is called {stem}.toml; call it {card.key}.toml")
    try:
        Version(card.version)
    except InvalidVersion:
        findings.add_at(card, "version", f"{card.version!r} is no version; write one as 1.0.0")
    if not card.legal_basis:
        findings.add_at(card, "legal_basis", "is empty; name the decision it rests on")
    if card.key in card.requires:
        findings.add_at(card, "requires", f"{card.key} requires itself; take it out")
    try:
        allowed = SpecifierSet(card.api)
    except InvalidSpecifier:
        findings.add_at(card, "api", f'{card.api!r} is no range; write one such as ">=1.2,<2"')
        return
    if not allowed.contains(API_VERSION):
        wrong = f"leaves out this version, {API_VERSION}"
        findings.add_at(card, "api", f'{wrong}; write a range that holds it, such as ">=1.2,<2"')
    elif not any(one.operator in {"<", "<=", "==", "~="} for one in allowed):
        findings.add_at(card, "api", 'has no upper end; write a range such as ">=1.2,<2"')


def check_codes(file: File, findings: Findings) -> None:
    """Every list has values, each once."""
    for name, codes in file.codes.items():
        fault = name_fault(name)
        if fault is not None:
            findings.add_at(codes, "options", f"the list: {fault}")
        if not codes.options:
            findings.add_at(codes, "options", "is empty; give the values that may be chosen")
        for option in codes.options:
            fault = name_fault(option.value)
            if fault is not None:
                findings.add_at(option, "value", fault)
        once(findings, codes.options, [o.value for o in codes.options], "value")


def check_forms(file: File, findings: Findings) -> None:
    """Every form asks for its commune, every question has a class and a purpose."""
    once(findings, file.forms, [form.name for form in file.forms], "name")
    once(findings, file.forms, [form.number for form in file.forms], "number")
    for form in file.forms:
        fault = form_fault(form.name)
        if fault is not None:
            findings.add_at(form, "name", fault)
        once(findings, form.fields, [row.name for row in form.fields], "name")
        _check_commune(form, findings)
        fields = {row.name: row for row in form.fields}
        for row in form.fields:
            _Question(form, row, fields, file.codes, findings).check()
        _check_list(form, fields, findings)
        _check_no_child(form, findings)
        _check_examples(form, fields, file.codes, findings)


def check_roles(file: File, findings: Findings) -> None:
    """Rights go to roles that there are, and every form can be entered and seen."""
    forms = {form.name for form in file.forms}
    once(findings, file.roles, [row.role for row in file.roles], "role")
    for row in file.roles:
        if row.role not in BY_CODE:
            findings.add_at(row, "role", unknown_word("role", row.role, BY_CODE))
        _check_named(row, "enters", row.enters, forms, findings)
        _check_named(row, "sees", row.sees, forms, findings)
    for form in file.forms:
        for what in ("enters", "sees"):
            if not any(form.name in getattr(row, what) for row in file.roles):
                wrong = f"nobody {what} it; name it under {what} of a role"
                findings.add_at(form, "name", wrong)


def _check_named(
    row: RoleRow, field: str, named: tuple[str, ...], forms: set[str], findings: Findings
) -> None:
    for name in named:
        if name not in forms:
            findings.add_at(row, field, unknown_word("form", name, forms))


def _check_commune(form: FormRow, findings: Findings) -> None:
    asked = [row for row in form.fields if row.name == COMMUNE and row.kind == "commune"]
    if not any(row.required and row.since == 1 and row.until is None for row in asked):
        wrong = "does not ask in which commune the record lies"
        cure = f'add a field with name = "{COMMUNE}", kind = "commune" and required = true'
        findings.add_at(form, "parts", f"{wrong}; {cure}")
    for row in form.fields:
        if (row.name == COMMUNE) is not (row.kind == "commune"):
            wrong = f"{COMMUNE} is the one field of kind commune"
            findings.add_at(row, "kind", f"{wrong}; correct the name or the kind")


class _Question:
    """The checks of one question."""

    def __init__(
        self,
        form: FormRow,
        row: FieldRow,
        fields: Mapping[str, FieldRow],
        codes: Mapping[str, CodeList],
        findings: Findings,
    ) -> None:
        self._form = form
        self._row = row
        self._fields = fields
        self._codes = codes
        self._findings = findings

    def check(self) -> None:
        fault = field_fault(self._row.name)
        if fault is not None:
            self._add("name", fault)
        self._check_class()
        self._check_kind()
        self._check_versions()
        self._check_words()
        self._check_rules()

    def _check_class(self) -> None:
        row = self._row
        if row.name == COMMUNE:
            for field, given in (("class", row.data_class), ("purpose", row.purpose)):
                if given is not None:
                    self._add(field, "the commune is core's own column; take this out")
            return
        if row.data_class is None:
            self._add("class", "is missing; say how carefully the answer is kept, as internal")
        if row.purpose is None:
            self._add("purpose", "is missing; say what the answer is kept for, or do not ask it")
        if row.kind in ANCHORS and row.data_class in _OPEN:
            self._add("class", f"a {row.kind} tells of a person; write personal or sensitive")

    def _check_kind(self) -> None:
        row = self._row
        for field, kinds in _FITS.items():
            given = getattr(row, field)
            if given is not None and given is not False and row.kind not in kinds:
                listed = " or ".join(sorted(kinds))
                self._add(field, f"is for the kind {listed}, not {row.kind}; take it out")
        if row.kind in _CHOICES and row.codes not in self._codes:
            self._add("codes", unknown_word("code list", row.codes, self._codes))
        for field in ("not_before", "not_above"):
            named, kinds = getattr(row, field), _FITS[field]
            other = self._fields.get(named)
            if named is not None and (other is None or other.kind not in kinds or other is row):
                there = [
                    n for n, one in self._fields.items() if one.kind in kinds and n != row.name
                ]
                self._add(field, f"{named!r} does not fit here; {expected(named, there)}")
        if row.least is not None and row.most is not None and row.least > row.most:
            self._add("most", f"{row.most} is below least; exchange the two")
        if row.most is not None and row.not_above is not None:
            self._add("not_above", "stands beside most; give one of both, the other as a check")

    def _check_versions(self) -> None:
        row, newest = self._row, self._form.version
        if row.since > newest:
            self._add("since", f"the form is in version {newest}; raise the form's version")
        if row.until is not None and not row.since <= row.until < newest:
            wrong = f"ends in version {row.until} of a form in version {newest}"
            self._add("until", f"{wrong}; give the last version that asked, and raise the form's")

    def _check_words(self) -> None:
        row = self._row
        for field, words, most in (
            ("label", row.label, LONGEST_LABEL),
            ("help", row.help, LONGEST_HELP),
        ):
            if words is not None and max(len(words.vi), len(words.en)) > most:
                self._add(field, f"is longer than {most} letters; shorten it")

    def _check_rules(self) -> None:
        row = self._row
        if row.required and row.required_if is not None:
            self._add("required_if", "stands beside required = true; give one of both")
        for field in ("required_if", "asked_if"):
            text = getattr(row, field)
            if text is not None:
                self._rule(row, field, text)
        for check in row.checks:
            self._rule(check, "rule", check.rule)

    def _rule(self, thing: object, field: str, text: str) -> None:
        try:
            read_rule(text, self._fields, self._codes)
        except RuleFault as fault:
            self._findings.add_at(thing, field, str(fault))

    def _add(self, field: str, message: str) -> None:
        self._findings.add_at(self._row, field, message)


def _check_list(form: FormRow, fields: Mapping[str, FieldRow], findings: Findings) -> None:
    """A list shows no name: neither a child nor written text on a person."""
    if not form.columns:
        findings.add_at(form, "list", "is empty; name the fields that a list of records shows")
    for name in form.columns:
        row = fields.get(name)
        if row is None:
            findings.add_at(form, "list", unknown_word("field", name, fields))
        elif row.kind in ANCHORS or row.data_class == "sensitive":
            findings.add_at(form, "list", f"{name} is of one person; take it out of the list")
        elif row.kind in _WORDS and row.data_class not in _OPEN:
            findings.add_at(form, "list", f"{name} is written text on a person; take it out")


def _check_no_child(form: FormRow, findings: Findings) -> None:
    if not form.about_no_child:
        return
    for row in form.fields:
        if row.kind in ANCHORS or row.data_class not in _NO_PERSON:
            wrong = f"{row.name} tells of a person"
            cure = "take about_no_child out, so that a partner sees enrolled children's rows alone"
            findings.add_at(form, "about_no_child", f"{wrong}; {cure}")


def _check_examples(
    form: FormRow,
    fields: Mapping[str, FieldRow],
    codes: Mapping[str, CodeList],
    findings: Findings,
) -> None:
    if not form.examples:
        wrong = "is empty, so that isolation cannot be tried"
        findings.add_at(form, "examples", f"{wrong}; make up at least one record, of nobody")
    asked = {n: row for n, row in fields.items() if row.kind in _ANSWERED_BY and row.until is None}
    for example in form.examples:
        for name, value in example.items():
            row = asked.get(name)
            if row is None:
                findings.add_at(form, "examples", unknown_word("field to answer", name, asked))
            elif not _answers(row, value, options_of(row, codes)):
                findings.add_at(
                    form,
                    "examples",
                    f"{value} does not answer {name}, a {row.kind}; "
                    "write what a person would enter",
                )
        for name, row in asked.items():
            if row.required and row.asked_if is None and name not in example:
                findings.add_at(form, "examples", f"{name} is left out; answer it in each of them")


def _answers(row: FieldRow, value: Any, options: tuple[OptionRow, ...]) -> bool:
    if isinstance(value, bool) is not (row.kind == "yes_no"):
        return False
    known = {option.value for option in options}
    if row.kind == "choices":
        return isinstance(value, list) and set(map(str, value)) <= known
    fits = isinstance(value, _ANSWERED_BY[row.kind])
    return fits and (row.kind != "choice" or value in known)

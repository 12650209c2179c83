"""A file is read strictly: each fault is told with its place and its cure, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.declared.reading import read_file
from core.profiles.faults import DeclarationError
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.declared.conftest import Changed

PORTIONS = 'name = "portions"\nlabel'
SCHOOL = 'name = "school"\n'
KIND = 'codes = "school_kinds"\nclass = "internal"\npurpose = "figures by kind of school"\n'
PUPIL = (
    'name = "pupil"\nlabel = { vi = "Trẻ em", en = "Child" }\nkind = "child"\n'
    'class = "personal"\npurpose = "whom"\n'
)
LONG = 'vi = "' + "Tên " * 40 + '"'
WEIGHED = (
    '  { weighed_on = 2018-04-10, school_kind = "primary", weighed = 200, undernourished = 25 },\n'
)
NEW_FIELD = "[[forms.parts.fields]]\n" + SCHOOL

# what is changed, where the fault is told, and a part of the sentence that says what to do
FAULTS = {
    "no TOML": ("[plugin]", "[plugin", "(file)", "not TOML"),
    "an unknown key": ("owner =", "onwer =", "plugin.onwer", "did you mean 'owner'?"),
    "no owner": ('owner = "An Nhi (chương trình mẫu)"\n', "", "plugin.owner", "give it"),
    "one language": (', en = "School Milk" }', " }", "plugin.name.en", "is missing; give it"),
    "an empty text": ('en = "School Milk"', 'en = " "', "plugin.name.en", "give it"),
    "a number for a text": ('"1.0.0"', "1.0", "plugin.version", "expected a text in quotes"),
    "a version of words": ('"1.0.0"', '"first"', "plugin.version", "write one as 1.0.0"),
    "another key": ('key = "school_milk"', 'key = "milk"', "plugin.key", "call it milk.toml"),
    "the core's key": ('key = "school_milk"', 'key = "core"', "plugin.key", "choose another"),
    "a later API": ('">=1.2,<2"', '">=2,<3"', "plugin.api", 'such as ">=1.2,<2"'),
    "an open range": ('">=1.2,<2"', '">=1.2"', "plugin.api", 'such as ">=1.2,<2"'),
    "a range of words": ('">=1.2,<2"', '"new"', "plugin.api", 'such as ">=1.2,<2"'),
    "no legal basis": ('legal_basis = ["Q', 'legal_basis = [] # "Q', "plugin.legal_basis", "name"),
    "requiring itself": (
        "order = 300",
        'requires = ["school_milk"]',
        "plugin.requires",
        "take it out",
    ),
    "a code of two words": (
        'value = "primary"',
        'value = "primary school"',
        "codes.school_kinds.options[1].value",
        "of a-z, 0-9 and _",
    ),
    "a code twice": (
        'value = "primary"',
        'value = "kindergarten"',
        "codes.school_kinds.options[1].value",
        "give each its own",
    ),
    "a list without source": (
        'source = "002_ff6a96fdf1fd35be.txt B.I.7"\noptions',
        "options",
        "codes.school_kinds.source",
        "give it",
    ),
    "a form's long name": (
        'name = "milk_round"',
        'name = "milk_given_at_a_school_in_one_round"',
        "forms[0].name",
        "2 to 24",
    ),
    "a form called as SQL": ('name = "milk_round"', 'name = "table"', "forms[0].name", "another"),
    "a form's name twice": ('name = "weighing"', 'name = "milk_round"', "forms[1].name", "its own"),
    "a field of core": (SCHOOL, 'name = "generated"\n', "fields[4].name", "choose another"),
    "a field of every table": (SCHOOL, 'name = "tenant_id"\n', "fields[4].name", "choose another"),
    "a field of SQL": (SCHOOL, 'name = "user"\n', "fields[4].name", "choose another"),
    "a field twice": (SCHOOL, 'name = "school_kind"\n', "fields[4].name", "give each its own"),
    "no class": ('class = "internal"\npurpose = "how long', 'purpose = "how', ".class", "internal"),
    "no purpose": ('purpose = "how long the round lasted"\n', "", ".purpose", "or do not ask it"),
    "a restricted column": (
        'class = "internal"\npurpose = "how long',
        'class = "restricted"\npurpose = "how long',
        ".class",
        "expected one of: 'internal', 'personal', 'public', 'sensitive'",
    ),
    "an unknown kind": ('kind = "text"', 'kind = "txt"', ".kind", "did you mean 'text'?"),
    "no commune": ('name = "commune_id"', 'name = "commune"', "forms[0].parts", "required = true"),
    "a class for the commune": (
        'kind = "commune"\n',
        'kind = "commune"\nclass = "internal"\n',
        ".class",
        "take this out",
    ),
    "a child in the open": (NEW_FIELD, f"[[forms.parts.fields]]\n{PUPIL}".replace(
        "personal", "internal") + NEW_FIELD, ".class", "write personal or sensitive"),
    "about no child, with one": (
        NEW_FIELD,
        f"[[forms.parts.fields]]\n{PUPIL}{NEW_FIELD}",
        "forms[0].about_no_child",
        "take about_no_child out",
    ),
    "a child in a list": (
        'list = ["ends_on", "commune_id", "school_kind", "school",',
        'list = ["pupil",',
        "forms[0].list",
        "no field 'pupil'",
    ),
    "a list that is not there": ('codes = "school_kinds"', 'codes = "kinds"', ".codes",
                                 "expected one of: 'school_kinds'"),
    "a choice without codes": (KIND, KIND.partition("\n")[2], ".codes", "'school_kinds'"),
    "codes for a text": (SCHOOL, f'{SCHOOL}codes = "school_kinds"\n', ".codes", "take it out"),
    "a bound for a text": (SCHOOL, f"{SCHOOL}least = 1\n", ".least", "decimal or integer"),
    "nought for a text": (SCHOOL, f"{SCHOOL}least = 0\n", ".least", "decimal or integer"),
    "bounds exchanged": ("least = 1\nmost = 5000", "least = 5000\nmost = 1", ".most", "exchange"),
    "before no day": ('not_before = "begins_on"', 'not_before = "school"', ".not_before",
                      "begins_on"),
    "a rule of no field": ('required_if = "drank <', 'required_if = "dank <', ".required_if",
                           "did you mean 'drank'?"),
    "a rule without end": ('required_if = "drank < enrolled"', 'required_if = "drank <"',
                           ".required_if", "write one such as"),
    "a rule of words": ('rule = "portions >= drank"', 'rule = "portions are enough"', ".rule",
                        "write one such as"),
    "a rule of two kinds": ('rule = "portions >= drank"', 'rule = "portions >= ends_on"', ".rule",
                            "both are numbers"),
    "a rule of an unknown code": ('asked_if = "drank < enrolled"',
                                  "asked_if = \"school_kind = 'crib'\"", ".asked_if",
                                  "one of 'kindergarten', 'primary'"),
    "required twice": (PORTIONS, 'name = "portions"\nrequired_if = "drank > 0"\nlabel',
                       ".required_if", "give one of both"),
    "a later question": (SCHOOL, f"{SCHOOL}since = 2\n", ".since", "raise the form's version"),
    "an end to come": (SCHOOL, f"{SCHOOL}until = 1\n", ".until", "raise the form's"),
    "a long label": ('vi = "Tên trường"', LONG, ".label", "shorten it"),
    "no example": (WEIGHED, "", "forms[1].examples", "make up at least one"),
    "an example of words": ("weighed = 200", 'weighed = "many"', "forms[1].examples",
                            "write what a person would enter"),
    "half an example": ("weighed = 200, ", "", "forms[1].examples", "answer it in each"),
    "a role of nobody": ('role = "province_officer"', 'role = "provice_officer"', "roles[1].role",
                         "did you mean 'province_officer'?"),
    "a form for nobody": ('enters = ["milk_round", "weighing"]', 'enters = ["milk_round"]',
                          "forms[1].name", "name it under enters of a role"),
    "a role's unknown form": ('enters = ["milk_round", "weighing"]',
                              'enters = ["milk_round", "weighing", "tasting"]', "roles[0].enters",
                              "expected one of"),
    "a sum of words": ('sums = "portions"', 'sums = "school"', "measures[0].sums", "drank"),
    "a day that is no day": ('date = "ends_on"', 'date = "school"', "measures[0].date", "ends_on"),
    "a day that may be left out": (
        'purpose = "places the round in a period"\nrequired = true\n',
        'purpose = "places the round in a period"\n',
        "measures[0].date",
        "make it required",
    ),
    "a measure of no form": ('form = "weighing"', 'form = "weighings"', "measures[3].form",
                             "did you mean 'weighing'?"),
    "a condition of today": ('sums = "portions"', 'sums = "portions"\nwhere = "ends_on < today"',
                             "measures[0].where", "take it out"),
    "a sex of schools": ('detail = "school_kind"', 'sex = "school_kind"', "measures[0].sex",
                         "use these two"),
    "an indicator of nothing": ('{ count = "portions" }', "{ }", "formula", "exactly one formula"),
    "two formulas": ('{ count = "portions" }', '{ count = "portions", units = "drank" }',
                     "formula.units", "exactly one formula"),
    "half a ratio": ('["drank", "enrolled"]', '["drank"]', "formula.ratio", "give both"),
    "a formula of no measure": ('["drank", "enrolled"]', '["drank", "rolled"]', "formula.ratio",
                                "did you mean 'enrolled'?"),
    "units of no level": ('units = "portions", level = "commune"', 'units = "portions"',
                          "formula.level", 'write level = "commune"'),
    "a breakdown not counted": ('breakdowns = ["detail"]', 'breakdowns = ["sex"]',
                                "indicators[0].breakdowns", "give each its sex"),
    "no worked example": ("example = 12.5\n", "", "indicators[2].example", "work out by hand"),
    "a code of words": ('code = "MLK-04"', 'code = "communes"', "indicators[3].code", "MLK-01"),
    "a sentence of no figure": ('share = "MLK-03"', 'share = "MLK-05"', "sentences[1].figures",
                                "MLK-0"),
    "a sentence in one language": ("children was {share}.", "children is known.",
                                   "sentences[1].en", "state each of them"),
    "a sentence with a brace": ("dưỡng là {share}.", "dưỡng là {share.", "sentences[1].vi",
                                "write {name}"),
    "a figure's inside": ("dưỡng là {share}.", "dưỡng là {share.value}.", "sentences[1].vi",
                          "write {name}"),
    "an empty table": ('indicators = ["MLK-01", "MLK-02", "MLK-03", "MLK-04"]\n', "",
                       "tables[0].indicators", "give one of both"),
    "a table by nothing": ('by_detail = "portions"', 'by_detail = "drank"', "tables[1].by_detail",
                           "expected one of: 'portions'"),
}  # fmt: skip


def faults_of(file: Path) -> list[str]:
    with pytest.raises(DeclarationError) as refused:
        read_file(file)
    return [str(fault) for fault in refused.value.faults]


def test_the_sample_is_right() -> None:
    read = read_file(SAMPLE)
    assert read.file.plugin.key == "school_milk"
    assert len(read.file.forms) == 2


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_and_its_cure(name: str, changed: Changed) -> None:
    old, new, field, cure = FAULTS[name]
    file = changed((old, new))
    told = faults_of(file)
    found = [line for line in told if field in line and cure in line]
    assert found, told
    path, line, _ = found[0].split(":", 2)
    assert (path, int(line) > 0) == (str(file), True)


def test_all_faults_are_told_at_once(changed: Changed) -> None:
    told = faults_of(changed(("owner =", "onwer ="), ('kind = "text"', 'kind = "txt"')))
    assert len(told) == 3, told  # the wrong key, the missing one, the kind


def test_a_fault_is_told_in_the_line_where_it_stands(changed: Changed) -> None:
    (told,) = faults_of(changed(('date = "weighed_on"', 'date = "weighed"')))
    line = int(told.split(":")[1])
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    assert lines[line - 1] == 'date = "weighed_on"'


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot read it" in faults_of(tmp_path / "school_milk.toml")[0]

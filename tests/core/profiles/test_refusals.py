"""A wrong file is refused with file, line, field and what would be right; all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from core.profiles.faults import DeclarationError
from core.profiles.read import read_declarations

if TYPE_CHECKING:
    from pathlib import Path

    from core.profiles.checks import References
    from core.profiles.faults import Fault

AG = "an_giang/tenant.toml"
LC = "lao_cai/tenant.toml"
NATION = "ministry/tenant.toml"
LEGAL = "legal_documents.toml"


class Spoilt(NamedTuple):
    """One change to a good file, and the fault that must be named.

    ``at`` is the text in whose line the fault must stand; without it, the changed text's own.
    """

    file: str
    old: str
    new: str
    field: str
    said: str
    at: str = ""


FAULTS = [
    # the shape
    Spoilt(AG, "districts = 11\n", "districts = 11 ]\n", "(file)", "not TOML"),
    Spoilt(
        AG,
        "districts = 11\n",
        'districts = "11"\n',
        "structure.districts",
        "expected a whole number, not the text '11'",
    ),
    Spoilt(AG, "districts = 11\n", "districts = -1\n", "structure.districts", "of at least 0"),
    Spoilt(
        AG,
        "districts = 11\n",
        "",
        "structure.districts",
        "is missing; give it, or list it in `unknown` if the document does not say",
        "[structure]",
    ),
    Spoilt(
        AG, "districts = 11\n", "district = 11\n", "structure.district", "did you mean 'districts'?"
    ),
    Spoilt(
        AG,
        "enabled = true\nrequires",
        "requires",
        "programmes.ngo_enhance.enabled",
        "is missing; give it",
        "[programmes.ngo_enhance]",
    ),
    Spoilt(AG, "to = 2018-12-31", 'to = "2018-12-31"', "profile.to", "a date such as 2018-01-31"),
    Spoilt(
        LC,
        'kind = "province"',
        'kind = "district"',
        "tenant.kind",
        "expected one of: 'aggregator', 'province'",
    ),
    Spoilt(
        AG,
        "urgent_incidents = {supported = true",
        "urgent_incidents = {supported = 1",
        "reporting.urgent_incidents.supported",
        "expected true or false, not 1",
    ),
    Spoilt(AG, 'name_vi = "Tỉnh An Giang"', 'name_vi = " "', "tenant.name_vi", "is empty"),
    Spoilt(
        AG, "day = 20, rule", "day = 32, rule", "reporting.obligations[0].due.day", "from 1 to 31"
    ),
    Spoilt(
        AG,
        'legal_basis = ["QD1555_2012", ',
        "legal_basis = [15, ",
        "profile.legal_basis[0]",
        "expected a text in quotes, not 15",
    ),
    Spoilt(
        AG,
        'unknown = ["hours"]',
        'unknown = ["ours"]',
        "reporting.urgent_incidents.unknown",
        "did you mean 'hours'?",
    ),
    Spoilt(
        AG,
        'unknown = ["hours"]',
        'hours = 4, unknown = ["hours"]',
        "reporting.urgent_incidents.unknown",
        "given and listed as unknown",
    ),
    Spoilt(
        AG,
        'unknown = ["hours"]',
        'unknown = ["supported"]',
        "reporting.urgent_incidents.unknown",
        "'supported' is given and listed as unknown",
    ),
    # what it refers to
    Spoilt(
        AG,
        '"AG-T4", indicator = "COR-02"',
        '"AG-T4", indicator = "COR-022"',
        "plan.targets[3].indicator",
        "no indicator 'COR-022'; did you mean 'COR-02'?",
    ),
    Spoilt(
        AG,
        'operator = "maintain"',
        'operator = "maintains"',
        "plan.targets[6].operator",
        "did you mean 'maintain'?",
    ),
    Spoilt(
        AG,
        'criteria_version = "QD34_2014"',
        'criteria_version = "QD34_2041"',
        "plan.targets[6].criteria_version",
        "did you mean 'QD34_2014'?",
    ),
    Spoilt(
        AG,
        'value = 1, per = "district", unit',
        "value = 1, unit",
        "plan.targets[5].per",
        "needs operator 'at_least_n_per_unit'",
    ),
    Spoilt(
        AG,
        'programme = "heart_surgery"',
        'programme = "heart_surgry"',
        "plan.activities[22].programme",
        "did you mean 'heart_surgery'?",
    ),
    Spoilt(
        AG,
        "[programmes.ngo_enhance]\nenabled = true",
        "[programmes.school_milk]\nenabled = true",
        "programmes.school_milk.enabled",
        "no installed plugin brings 'school_milk'; name it in plan.later_programmes",
        'enabled = true\nrequires = "child_labour"',
    ),
    Spoilt(
        AG,
        "[programmes.child_labour]\nenabled = true",
        "[programmes.child_labour]\nenabled = false",
        "programmes.ngo_enhance.requires",
        "'ngo_enhance' needs 'child_labour', which is not switched on here",
        'requires = "child_labour"',
    ),
    Spoilt(AG, '"AG-A02"', '"AG-A01"', "plan.activities[1].id", "is used twice", "nhân rộng"),
    Spoilt(
        AG,
        "Huyện Tri Tôn",
        "Huyện Tri Tân",
        "structure.district_units[10].name_vi",
        "did you mean 'Huyện Tri Tôn'?",
    ),
    Spoilt(
        AG,
        'units = ["cho_moi"',
        'units = ["cho_mui"',
        "plan.activities[27].units",
        "did you mean 'cho_moi'?",
    ),
    Spoilt(
        AG,
        'districts = ["chau_phu", "cho_moi"',
        'districts = ["chau_phu", "cho_mui"',
        "programmes.ngo_enhance.settings",
        "did you mean 'cho_moi'?",
    ),
    Spoilt(
        AG,
        'province_code = "89"',
        'province_code = "91"',
        "profile.province_code",
        "'91' was Tỉnh Kiên Giang on 2018-01-01, not Tỉnh An Giang",
    ),
    Spoilt(
        AG,
        'province_code = "89"',
        'province_code = "189"',
        "profile.province_code",
        "no province '189' on 2018-01-01; did you mean '89'?",
    ),
    Spoilt(AG, "to = 2018-12-31", "to = 2017-12-31", "profile.to", "is before 2018-01-01"),
    Spoilt(
        AG,
        "month = 5, day = 20",
        "month = 2, day = 29",
        "reporting.obligations[1].due.day",
        "month 2 has no day 29",
    ),
    Spoilt(
        AG,
        'to = ["peoples_committee", "cent',
        'to = ["peoples_comittee", "cent',
        "reporting.obligations[3].to",
        "did you mean 'peoples_committee'?",
    ),
    Spoilt(
        AG,
        'unknown = ["q3_due"]\n',
        "",
        "reporting.obligations[0].q3_due",
        "is missing",
        '[[reporting.obligations]]\nid = "AG-R1"',
    ),
    Spoilt(
        AG,
        "total_vnd = 1_650_000_000",
        "total_vnd = 1_650_000_001",
        "budget.minimum[0].total_vnd",
        "11 times 150000000 is 1650000000",
    ),
    Spoilt(
        AG,
        "to = 2018-12-31",
        "to = 2025-12-31",
        "budget.minimum[0].level",
        "no district level",
        '{level = "district"',
    ),
    Spoilt(
        AG,
        "collaborators_expected_total = 1872",
        "collaborators_expected_total = 1782",
        "network.collaborators_expected_total",
        "156 times 12 is 1872",
    ),
    Spoilt(
        AG,
        'friendly_commune_scope = 11\nsource = "QD535_2018_AG V"',
        'friendly_commune_scope = 11\nsource = "QD535_2018 V"',
        "inspection.source",
        "did you mean 'QD535_2018_AG'?",
        'source = "QD535_2018 V"',
    ),
    Spoilt(
        AG,
        'role = "province_lead_agency"',
        'role = "agency"',
        "organisation.agencies",
        "exactly one leads",
        "agencies = [",
    ),
    Spoilt(AG, 'code = "an_giang"', 'code = "angiang"', "tenant.code", "the folder is 'an_giang'"),
    Spoilt(
        LC,
        'via = "province_lead_agency"',
        'via = "nobody"',
        "reporting.obligations[0].via",
        "no agency or role 'nobody'",
    ),
    Spoilt(
        NATION, "public P64", "public P65", "plan.targets[4].source", "no document or page 'P65'"
    ),
    Spoilt(
        NATION,
        "baseline_year = 2020, value = -10",
        "value = -10",
        "plan.targets[12].baseline_year",
        "needs operator 'change_pct_vs'",
    ),
    Spoilt(
        NATION,
        '"school_milk"',
        '"scool_milk"',
        "plan.programme_expectations[1].programmes",
        "did you mean 'school_milk'?",
    ),
    Spoilt(LEGAL, '"CV4088_2007"', '"QD19_2004"', "documents[2].code", "is used twice", "4088/"),
]


def _refused(folder: Path, references: References) -> tuple[Fault, ...]:
    with pytest.raises(DeclarationError) as caught:
        read_declarations(folder, references)
    return caught.value.faults


@pytest.mark.parametrize("spoilt", FAULTS, ids=lambda spoilt: f"{spoilt.field}: {spoilt.said}")
def test_a_fault_is_named_with_its_line_and_field(
    folder: Path, references: References, spoilt: Spoilt
) -> None:
    path = folder / spoilt.file
    text = path.read_text(encoding="utf-8")
    assert spoilt.old in text, "the test's own text has gone from the file"
    text = text.replace(spoilt.old, spoilt.new, 1)
    path.write_text(text, encoding="utf-8")
    line = text[: text.index(spoilt.at or spoilt.new)].count("\n") + 1
    faults = _refused(folder, references)
    found = [(f.file, f.line, f.field) for f in faults if spoilt.said in f.message]
    assert (str(path), line, spoilt.field) in found, "\n".join(map(str, faults))


def test_all_faults_of_all_files_are_named_at_once(folder: Path, references: References) -> None:
    for file, old, new in (
        (AG, "year = 2018\n", "year = 18\n"),
        (AG, "districts = 11\n", 'districts = "eleven"\n'),
        (LC, 'indicator = "COR-16"', 'indicator = "COR-99"'),
        (NATION, "minimum_cell = 5", "minimum_cell = true"),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    fields = {fault.field for fault in _refused(folder, references)}
    assert fields == {
        "plan.year",
        "structure.districts",
        "plan.required_indicators[0].indicator",
        "aggregation.minimum_cell",
    }


def test_a_message_reads_like_a_compiler_s(folder: Path, references: References) -> None:
    path = folder / AG
    path.write_text(path.read_text("utf-8").replace("districts = 11\n", "districts = 1.5\n", 1))
    (fault,) = _refused(folder, references)
    line = path.read_text("utf-8").split("districts = 1.5")[0].count("\n") + 1
    assert str(fault) == (f"{path}:{line}: structure.districts: expected a whole number, not 1.5")


def test_a_file_that_cannot_be_read_is_named(folder: Path, references: References) -> None:
    (folder / "sources.toml").unlink()
    (folder / LC).write_bytes(b'name = "\xff"')
    messages = {fault.message for fault in _refused(folder, references)}
    assert messages == {"cannot read it (No such file or directory)", "is not UTF-8 (byte 8)"}


def test_an_empty_folder_is_refused(tmp_path: Path, references: References) -> None:
    assert any("holds no <slug>/tenant.toml" in f.message for f in _refused(tmp_path, references))


def test_an_ambiguous_district_needs_its_code(folder: Path, references: References) -> None:
    path = folder / AG
    spoilt = (
        path.read_text("utf-8")
        .replace('province_code = "89"', 'province_code = "87"')
        .replace('name_vi = "Tỉnh An Giang"', 'name_vi = "Tỉnh Đồng Tháp"')
        .replace("Huyện An Phú", "Cao Lãnh")
    )
    path.write_text(spoilt, "utf-8")
    faults = {fault.field: fault.message for fault in _refused(folder, references)}
    assert (
        "may be any of 866, 873; give area_code" in faults["structure.district_units[3].area_code"]
    )

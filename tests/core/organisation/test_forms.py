"""Every form of the network says at its field what is wrong, and keeps nothing then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.areas.models import DISTRICT
from core.areas.repository import ancestors
from core.forms.checking import check_answers
from core.forms.context import FormContext
from core.kit.errors import ConflictError
from core.organisation.forms import FORMS
from core.organisation.models import Committee, StaffPost
from core.organisation.service import of_unit
from core.tenancy.models import AreaScoped

if TYPE_CHECKING:
    from core.plugin_api.forms import Form
    from tests.core.register.conftest import Register

BY_CODE = {form.code.removeprefix("core."): form for form in FORMS}
CONTEXT = FormContext(
    today=date(2018, 6, 1),
    communes={1: "Đây"},
    find_child=lambda _text: None,
    find_household=lambda _text: None,
)
GOOD: dict[str, dict[str, Any]] = {
    "committee": {
        "committee_type": "management_board",
        "level": "commune",
        "commune_id": "1",
        "decision_no": "12/QĐ-UBND",
        "decided_on": "02/01/2018",
        "chair_role": "Phó Chủ tịch UBND",
    },
    "staff_post": {
        "post_type": "protection_worker",
        "level": "commune",
        "commune_id": "1",
        "incumbent": "Trần Thị Bình",
        "full_time": "yes",
        "from_date": "02/01/2018",
    },
    "collaborator": {
        "full_name": "Lê Văn Tư",
        "phone": "0900 000 000",
        "commune_id": "1",
        "hamlet": "Ấp Một",
        "from_date": "02/01/2018",
    },
    "network_group": {
        "group_type": "reporters_club",
        "name": "Câu lạc bộ Phóng viên nhỏ",
        "commune_id": "1",
        "members_total": "30",
        "members_female": "16",
        "opened_on": "02/01/2018",
    },
    "service_provider": {
        "name": "Trung tâm Bảo trợ xã hội",
        "ownership": "public",
        "commune_id": "1",
        "services": ["shelter", "counselling"],
        "reviewed_on": "02/01/2018",
    },
    "service_point": {
        "point_type": "school_sw_point",
        "host": "Trường THCS Một",
        "commune_id": "1",
        "status": "active",
        "opened_on": "02/01/2018",
    },
    "commune_recognition": {
        "commune_id": "1",
        "standard": "2014",
        "decision_no": "12/QĐ-UBND",
        "decided_on": "02/01/2018",
    },
    "intake_focal_point": {
        "level": "commune",
        "commune_id": "1",
        "unit_name": "UBND xã",
        "phone": "0296 000 000",
        "hours": "Giờ hành chính",
        "from_date": "02/01/2018",
    },
}
# form, what is answered instead, the field that says so, and a part of what it says
BAD = [
    ("committee", {"decision_no": ""}, "decision_no", "Hãy ghi"),
    ("committee", {"decided_on": "02/07/2018"}, "decided_on", "tương lai"),
    ("committee", {"level": "ward"}, "level", "Hãy chọn"),
    ("committee", {"commune_id": "2"}, "commune_id", "Hãy chọn"),
    ("committee", {"chair_role": "x" * 121}, "chair_role", "120"),
    ("staff_post", {"to_date": "01/01/2018"}, "to_date", "trước ngày bắt đầu"),
    ("staff_post", {"full_time": "perhaps"}, "full_time", "Hãy chọn"),
    ("collaborator", {"to_date": "01/05/2018"}, "end_reason", "Hãy ghi"),
    (
        "collaborator",
        {"to_date": "01/05/2017", "end_reason": "Chuyển nơi ở"},
        "to_date",
        "trước ngày bắt đầu",
    ),
    ("collaborator", {"phone": "0" * 21}, "phone", "20"),
    ("collaborator", {"allowance_vnd": "-1"}, "allowance_vnd", "từ 0 trở lên"),
    ("network_group", {"members_female": "31"}, "members_female", "từ 0 đến 30"),
    ("network_group", {"members_total": "ba mươi"}, "members_total", "Số không"),
    ("service_provider", {"services": []}, "services", "Hãy chọn"),
    ("service_provider", {"services": ["magic"]}, "services", "Hãy chọn"),
    ("commune_recognition", {"standard": "2030"}, "standard", "Hãy chọn"),
    ("commune_recognition", {"ended_on": "01/01/2017"}, "ended_on", "trước ngày bắt đầu"),
    ("commune_recognition", {"decision_no": "x" * 61}, "decision_no", "60"),
    ("service_point", {"opened_on": ""}, "opened_on", "Hãy ghi"),
    ("service_point", {"status": "closed"}, "inactive_from", "Hãy ghi"),
    (
        "service_point",
        {"status": "closed", "inactive_from": "01/01/2018"},
        "inactive_from",
        "trước ngày bắt đầu",
    ),
    ("intake_focal_point", {"hours": "<b></b>" * 20}, "hours", "120"),
]


@pytest.mark.parametrize("code", GOOD)
def test_a_good_answer_is_taken(code: str) -> None:
    assert check_answers(BY_CODE[code], GOOD[code], CONTEXT).errors == ()


@pytest.mark.parametrize(("code", "change", "field", "says"), BAD)
def test_a_bad_answer_is_refused_at_its_field(
    code: str, change: dict[str, Any], field: str, says: str
) -> None:
    errors = check_answers(BY_CODE[code], GOOD[code] | change, CONTEXT).errors
    assert [error.field for error in errors] == [field]
    assert says in errors[0].message.vi


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_a_list_shows_no_name_of_a_person(form: Form) -> None:
    assert issubclass(form.model, AreaScoped)
    assert not {"full_name", "incumbent"} & set(form.columns)


def test_a_planned_point_needs_no_day(register: Register) -> None:
    planned = GOOD["service_point"] | {"status": "planned", "opened_on": ""}
    register.submit("service_point", **planned | {"commune_id": str(register.here)})


def test_a_unit_is_the_commune_its_district_or_its_province(register: Register) -> None:
    with register.open() as session:
        above = {area.level: area.id for area in ancestors(session, register.here)}
        found = {
            level: of_unit(session, {"commune_id": register.here, "level": level})["unit_id"]
            for level in ("commune", *above)
        }
    assert DISTRICT in above
    assert found == {"commune": register.here} | above


def test_a_commune_without_a_district_has_none_to_choose(register: Register) -> None:
    with register.open() as session, pytest.raises(ConflictError):
        of_unit(session, {"commune_id": _new_commune(session), "level": "district"})


def test_forms_about_units_store_the_unit(register: Register) -> None:
    post = GOOD["staff_post"] | {"commune_id": str(register.here)}
    with register.open() as session:
        district = of_unit(session, {"commune_id": register.here, "level": "district"})
    made = register.submit("staff_post", **post | {"level": "district"})
    with register.open() as session:
        row = session.get_one(StaffPost, (register.tenant, made))
        assert (row.unit_id, row.level) == (district["unit_id"], "district")
        assert session.total(Committee) == 0


def _new_commune(session: Any) -> int:
    """A commune of today, when there are no districts."""
    from core.areas.repository import communes_of, provinces

    day = date(2025, 8, 1)
    return communes_of(session, provinces(session, day)[0].id, day)[0].id

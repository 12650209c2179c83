"""F-ENH-1 selection and consent, which enrols; F-ENH-6 the exit, which ends it.

The state enters both: before a family has agreed, no partner may see the child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Enrolling, Fault, Field, Form, Leaving, Offer, Part, Text, answer
from ngo_enhance import codes
from ngo_enhance.forms.asked import CHILD, COMMUNE, beneficiary, choice, day, of_beneficiary
from ngo_enhance.models import BeneficiaryChild, BeneficiaryExit
from ngo_enhance.permissions import ENTER_BENEFICIARY, READ_BENEFICIARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from core.plugin_api import Option, Records

_CASE = "child_labour.case"
_FOLLOW_UP = "child_labour.follow_up"
# In child labour or at risk (F-ENH-1), by the categories of the programme on child labour.
_SERVED = ("child_labour", "hazardous_child_labour", "worst_form", "at_risk")
_CONSENTED = answer("consented").equals(True)


def verify_selection(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """In child labour or at risk, as an open case of the commune says; chosen once."""
    if answers["consented"] and beneficiary(records, answers["child_id"]) is not None:
        yield Fault(
            "child_id",
            Text(vi="Trẻ em này đang tham gia dự án.", en="This child is in the project already."),
        )
    child = records.get("core.child", answers["child_id"])
    if child is not None:
        yield from _of_register(child, answers)
    case = records.get(_CASE, answers["labour_case_id"])
    if case is not None:
        yield from _of_case(records, case, answers)


def _of_register(child: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Fault]:
    """What is hidden from whoever enters is not compared."""
    if child["sex"] in {"male", "female"} and child["sex"] != answers["sex"]:
        yield Fault(
            "sex",
            Text(
                vi="Khác với giới tính trong sổ quản lý trẻ em.",
                en="Differs from the sex in the register.",
            ),
        )
    born = child["date_of_birth"]
    if born is not None and _age(born, answers["selected_on"]) != answers["age"]:
        yield Fault(
            "age",
            Text(
                vi="Khác với tuổi tính theo ngày sinh trong sổ quản lý trẻ em.",
                en="Differs from the age by the date of birth in the register.",
            ),
        )


def _of_case(
    records: Records, case: Mapping[str, Any], answers: Mapping[str, Any]
) -> Iterator[Fault]:
    told = answer("labour_case_id").equals(case["id"]) & answer("status").answered()
    last = records.find(_FOLLOW_UP, told, newest="visited_on", limit=1)
    if case["child_id"] != answers["child_id"]:
        text = Text(vi="Ca này là của trẻ em khác.", en="This case is another child's.")
    elif case["commune_id"] != answers["commune_id"]:
        text = Text(vi="Ca này thuộc xã khác.", en="This case lies in another commune.")
    elif case["category"] not in _SERVED:
        text = Text(
            vi="Dự án chỉ nhận trẻ lao động trái quy định hoặc có nguy cơ.",
            en="The project serves children in child labour or at risk alone.",
        )
    elif last and last[0]["status"] == "closed":
        text = Text(vi="Ca này đã kết thúc.", en="This case is closed.")
    else:
        return
    yield Fault("labour_case_id", text)


def prefill_selection(records: Records, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Sex, age and household from the register; the latest case of the child."""
    child = records.get("core.child", answers.get("child_id"))
    if child is None:
        return {}
    found: dict[str, Any] = {"household_id": child["household_id"]}
    if child["sex"] in {"male", "female"}:
        found["sex"] = child["sex"]
    if child["date_of_birth"] is not None and answers.get("selected_on") is not None:
        found["age"] = _age(child["date_of_birth"], answers["selected_on"])
    mine = answer("child_id").equals(child["id"])
    cases = records.find(_CASE, mine, newest="opened_on", limit=1)
    if cases:
        found["labour_case_id"] = cases[0]["id"]
    return {name: value for name, value in found.items() if value is not None}


def enrolment(_records: Records, row: BeneficiaryChild) -> Iterator[Enrolling]:
    """With consent the child is enrolled; a refusal leaves it with the state's services."""
    if row.consented:
        yield Enrolling(
            child_id=row.child_id,
            guardian_consent_on=row.guardian_consent_on,
            child_assent_on=row.child_assent_on,
        )


def verify_exit(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Of a child who is in the project."""
    yield from of_beneficiary(records, answers, "left_on")


def leaving(_records: Records, row: BeneficiaryExit) -> Iterator[Leaving]:
    """The enrolment ends with the exit, and the partner's next page is without the child."""
    reason = next(option for option in codes.EXITS if option.value == row.reason)
    yield Leaving(child_id=row.child_id, reason=reason.label.vi)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _consent(name: str, vi: str, en: str, *, required: bool) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="date",
        required=_CONSENTED if required else False,
        relevant=_CONSENTED,
        not_future=True,
    )


def _several(name: str, vi: str, en: str, options: tuple[Option, ...]) -> Field:
    label = Text(vi=vi, en=en)
    return Field(name=name, label=label, kind="choices", options=options, required=True)


BENEFICIARY = Form(
    code="ngo_enhance.beneficiary",
    number="F-ENH-1",
    title=Text(vi="Phiếu lựa chọn và đồng ý tham gia", en="Selection and consent"),
    purpose=Text(
        vi="Chọn trẻ em hưởng lợi và ghi sự đồng ý; có đồng ý thì trẻ tham gia dự án, không đồng ý "
        "thì trẻ vẫn được Nhà nước hỗ trợ và đối tác không thấy trẻ.",
        en="Chooses a beneficiary and records consent: with it the child is enrolled; without it "
        "the state goes on serving the child and no partner sees it.",
    ),
    model=BeneficiaryChild,
    parts=(
        Part(
            Text(vi="Trẻ em", en="Child"),
            (
                day("selected_on", "Ngày lựa chọn", "Chosen on"),
                COMMUNE,
                Field(
                    name="child_id",
                    label=Text(vi="Trẻ em", en="Child"),
                    kind="child",
                    required=True,
                ),
                choice("sex", "Giới tính", "Sex", codes.SEXES),
                Field(
                    name="age",
                    label=Text(vi="Tuổi tại ngày lựa chọn", en="Age on that day"),
                    kind="integer",
                    required=True,
                    least=5,
                    most=17,
                    suffix=Text(vi="tuổi", en="years"),
                ),
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình", en="Household"),
                    kind="household",
                ),
                Field(
                    name="labour_case_id",
                    label=Text(vi="Ca lao động trẻ em", en="Case of child labour"),
                    kind="record",
                    of="child_labour.case",
                    required=True,
                    help=Text(
                        vi="Dịch vụ của dự án được tính vào ca này trong số liệu của tỉnh.",
                        en="The project's services count in this case in the province's figures.",
                    ),
                ),
                _several("criteria", "Tiêu chí lựa chọn", "Criteria", codes.CRITERIA),
            ),
        ),
        Part(
            Text(vi="Sự đồng ý", en="Consent"),
            (
                Field(
                    name="consented",
                    label=Text(vi="Gia đình đồng ý tham gia", en="The family agrees"),
                    kind="yes_no",
                    required=True,
                ),
                _consent(
                    "guardian_consent_on",
                    "Ngày người giám hộ đồng ý",
                    "Guardian agreed on",
                    required=True,
                ),
                _consent(
                    "child_assent_on",
                    "Ngày trẻ đồng ý (từ 7 tuổi)",
                    "Child agreed on (from seven)",
                    required=False,
                ),
            ),
        ),
    ),
    columns=("selected_on", "commune_id", "consented"),
    enters=ENTER_BENEFICIARY,
    sees=READ_BENEFICIARY,
    verify=verify_selection,
    prefill=prefill_selection,
    makes=enrolment,
    offers=(
        Offer(
            form="ngo_enhance.state",
            label=Text(vi="Ghi thông tin đầu kỳ", en="Enter the baseline"),
            when=_CONSENTED,
            carry={"child_id": "child_id", "commune_id": "commune_id"},
        ),
    ),
    source="Domain page of the programmes, §8 F-ENH-1",
)

EXIT = Form(
    code="ngo_enhance.exit",
    number="F-ENH-6",
    title=Text(vi="Phiếu kết thúc tham gia", en="Exit from the project"),
    purpose=Text(
        vi="Ghi trẻ hoàn thành, ngừng tham gia, chuyển đi hoặc rút lại sự đồng ý; đối tác không "
        "thấy trẻ nữa ngay sau khi lưu.",
        en="Records that a child graduated, dropped out, moved or withdrew consent; the partner "
        "sees the child no longer once it is saved.",
    ),
    model=BeneficiaryExit,
    parts=(
        Part(
            Text(vi="Kết thúc", en="Exit"),
            (
                CHILD,
                COMMUNE,
                day("left_on", "Ngày kết thúc", "Left on"),
                choice("reason", "Lý do", "Reason", codes.EXITS),
            ),
        ),
    ),
    columns=("left_on", "commune_id", "reason"),
    enters=ENTER_BENEFICIARY,
    sees=READ_BENEFICIARY,
    verify=verify_exit,
    makes=leaving,
    source="Domain page of the programmes, §8 beneficiary_child (exit reason)",
)

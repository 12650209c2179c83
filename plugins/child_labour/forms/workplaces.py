"""Workplaces, and F-LAB-4: their inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Offer, Part, Text, answer
from plugins.child_labour import codes
from plugins.child_labour.forms.asked import COMMUNE, PEOPLE, VND, count, day, words
from plugins.child_labour.models import LabourInspection, Workplace
from plugins.child_labour.permissions import (
    ENTER_INSPECTION,
    ENTER_WORKPLACE,
    READ_INSPECTION,
    READ_WORKPLACE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_VIOLATED = answer("findings").answered()
_FINED = answer("sanction").equals("fine")
_REFERRED = answer("sanction").equals("criminal_referral")


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """How many violations, and how many of them were handled: sanctioned or remedied."""
    violations = len(answers["findings"] or ())
    is_handled = answers["sanction"] not in {None, codes.NO_SANCTION} or answers["remedied_on"]
    return {"violations": violations, "handled": violations if is_handled else 0}


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """The minors by age add up, and the workplace lies here."""
    ages = sum(answers[name] for name in ("minors_5_12", "minors_13_14", "minors_15_17"))
    if ages != answers["minors_found"]:
        yield Fault(
            "minors_found",
            Text(
                vi=f"Tổng theo tuổi là {ages}, khác với số đã ghi.",
                en=f"By age there are {ages}, which is another number.",
            ),
        )
    place = records.get(WORKPLACE.code, answers["workplace_id"])
    if place is not None and place["commune_id"] != answers["commune_id"]:
        yield Fault(
            "workplace_id",
            Text(
                vi="Cơ sở này không thuộc xã, phường, thị trấn đã chọn.",
                en="This workplace does not lie in the commune chosen.",
            ),
        )


WORKPLACE = Form(
    code="child_labour.workplace",
    number="F-LAB-4a",
    title=Text(vi="Phiếu cơ sở sử dụng lao động", en="Workplace"),
    purpose=Text(
        vi="Ghi nhận cơ sở có hoặc có thể có trẻ em làm việc, để rà soát và kiểm tra.",
        en="Records places where children work or might, for screening and inspection.",
    ),
    model=Workplace,
    parts=(
        Part(
            Text(vi="Cơ sở", en="The workplace"),
            (
                words("name", "Tên cơ sở", "Name"),
                COMMUNE,
                Field(
                    name="kind",
                    label=Text(vi="Loại cơ sở", en="Kind"),
                    kind="choice",
                    options=codes.WORKPLACE_KINDS,
                    required=True,
                ),
                Field(
                    name="sector",
                    label=Text(vi="Ngành", en="Sector"),
                    kind="choice",
                    options=codes.SECTORS,
                    required=True,
                ),
                Field(
                    name="workers",
                    label=Text(vi="Số lao động", en="Workers"),
                    kind="integer",
                    least=0,
                    most=100_000,
                    suffix=PEOPLE,
                ),
                Field(
                    name="minors",
                    label=Text(vi="Trong đó: chưa thành niên", en="Of these minors"),
                    kind="integer",
                    least=0,
                    most=100_000,
                    suffix=PEOPLE,
                    checks=(
                        Check(
                            answer("workers").equals(None)
                            | answer("minors").at_most(answer("workers")),
                            Text(
                                vi="Số chưa thành niên nhiều hơn số lao động.",
                                en="There are more minors than workers.",
                            ),
                        ),
                    ),
                ),
                words(
                    "registered_no",
                    "Số đăng ký kinh doanh",
                    "Registration",
                    required=False,
                    most=40,
                ),
            ),
        ),
    ),
    columns=("name", "commune_id", "kind", "sector"),
    editable=True,
    enters=ENTER_WORKPLACE,
    sees=READ_WORKPLACE,
    source="Domain page of the programmes, §4.2 workplace",
)

INSPECTION = Form(
    code="child_labour.inspection",
    number="F-LAB-4",
    title=Text(vi="Phiếu kiểm tra, thanh tra cơ sở", en="Inspection of a workplace"),
    purpose=Text(
        vi="Ghi kết quả kiểm tra cơ sở về sử dụng lao động chưa thành niên, vi phạm và xử lý.",
        en="Records what an inspection found on the work of minors, violations and what followed.",
    ),
    model=LabourInspection,
    parts=(
        Part(
            Text(vi="Cơ sở và đoàn kiểm tra", en="Workplace and team"),
            (
                COMMUNE,
                Field(
                    name="workplace_id",
                    label=Text(vi="Cơ sở", en="Workplace"),
                    kind="record",
                    of="child_labour.workplace",
                    required=True,
                ),
                day("inspected_on", "Ngày kiểm tra", "Inspected on"),
                words("decision_no", "Số quyết định", "Number of the decision", most=40),
                words("team", "Đoàn kiểm tra", "Team"),
            ),
        ),
        Part(
            Text(vi="Lao động chưa thành niên", en="Minors at work"),
            (
                count(
                    "minors_found",
                    "Số lao động chưa thành niên",
                    "Minors at work",
                    most=10_000,
                    suffix=PEOPLE,
                ),
                count("minors_5_12", "Dưới 13 tuổi", "Below 13", most=10_000, suffix=PEOPLE),
                count("minors_13_14", "Từ 13 đến 14 tuổi", "13 and 14", most=10_000, suffix=PEOPLE),
                count("minors_15_17", "Từ 15 đến 17 tuổi", "15 to 17", most=10_000, suffix=PEOPLE),
            ),
        ),
        Part(
            Text(vi="Vi phạm và xử lý", en="Violations and what followed"),
            (
                Field(
                    name="findings",
                    label=Text(vi="Vi phạm", en="Violations"),
                    kind="choices",
                    options=codes.FINDINGS,
                    help=Text(
                        vi="Không chọn nếu không có vi phạm.", en="Leave empty if there are none."
                    ),
                ),
                Field(
                    name="sanction",
                    label=Text(vi="Hình thức xử lý", en="Sanction"),
                    kind="choice",
                    options=codes.SANCTIONS,
                    required=_VIOLATED,
                    relevant=_VIOLATED,
                ),
                Field(
                    name="amount_vnd",
                    label=Text(vi="Số tiền phạt", en="Fine"),
                    kind="integer",
                    required=_FINED,
                    relevant=_FINED,
                    least=1,
                    suffix=VND,
                ),
                Field(
                    name="referred_to",
                    label=Text(vi="Cơ quan tiếp nhận", en="Referred to"),
                    kind="text",
                    required=_REFERRED,
                    relevant=_REFERRED,
                    max_length=120,
                ),
                Field(
                    name="remedy_by",
                    label=Text(vi="Hạn khắc phục", en="To be mended by"),
                    kind="date",
                    required=_VIOLATED,
                    relevant=_VIOLATED,
                    checks=(
                        Check(
                            answer("remedy_by").at_least(answer("inspected_on")),
                            Text(
                                vi="Hạn khắc phục không được trước ngày kiểm tra.",
                                en="It cannot be due before the inspection.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="remedied_on",
                    label=Text(vi="Ngày khắc phục", en="Mended on"),
                    kind="date",
                    relevant=_VIOLATED,
                    not_future=True,
                    checks=(
                        Check(
                            answer("remedied_on").at_least(answer("inspected_on")),
                            Text(
                                vi="Ngày khắc phục không được trước ngày kiểm tra.",
                                en="It cannot be mended before the inspection.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="violations",
                    label=Text(vi="Số vi phạm", en="Violations"),
                    kind="integer",
                    computed=True,
                ),
                Field(
                    name="handled",
                    label=Text(vi="Số vi phạm được xử lý", en="Violations handled"),
                    kind="integer",
                    computed=True,
                ),
            ),
        ),
    ),
    columns=("inspected_on", "commune_id", "minors_found", "violations", "sanction"),
    editable=True,
    enters=ENTER_INSPECTION,
    sees=READ_INSPECTION,
    compute=compute,
    verify=verify,
    offers=(
        Offer(
            form="child_labour.screening",
            when=answer("minors_found").above(0),
            label=Text(
                vi="Rà soát từng lao động chưa thành niên", en="Screen each of the minors found"
            ),
            carry={"commune_id": "commune_id", "workplace_id": "workplace_id"},
        ),
    ),
    source="Domain page of the programmes, §4.3 F-LAB-4",
)

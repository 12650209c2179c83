"""F-ORP-7 and the health services at centres: numbers of children, and no child's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Form, Part, Roster, Text, answer, count_of
from plugins.orphan_care.asking import ask, commune, must, past_day
from plugins.orphan_care.permissions import (
    FACILITY_ENTER,
    FACILITY_READ,
    RELIEF_ENTER,
    RELIEF_READ,
)
from plugins.orphan_care.relief import codes
from plugins.orphan_care.relief.models import (
    CentreResident,
    CentreResidentList,
    DisasterChild,
    DisasterEvent,
    HealthServiceAtCentre,
    ReliefLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_CHILDREN = Text(vi="trẻ em", en="children")

HEALTH_SERVICE = Form(
    code="orphan_care.health_service",
    number="",
    title=Text(
        vi="Dịch vụ y tế cho trẻ em tại cơ sở trợ giúp xã hội",
        en="Health services for children in a centre",
    ),
    purpose=Text(
        vi="Ghi số lượt trẻ em được khám, chữa bệnh tại cơ sở; không ghi tên và bệnh của trẻ.",
        en="How many children were served; no names and no illnesses.",
    ),
    model=HealthServiceAtCentre,
    parts=(
        Part(
            Text(vi="Dịch vụ", en="The service"),
            (
                commune("Cơ sở ở đâu (cấp xã)", "Commune of the centre"),
                ask("text", "facility", "Tên cơ sở", "Centre", max_length=120),
                ask("choice", "service", "Dịch vụ", "Service", options=codes.SERVICES),
                past_day("given_on", "Ngày thực hiện", "Given on"),
                ask(
                    "integer",
                    "children_served",
                    "Số lượt trẻ em",
                    "Children served",
                    least=1,
                    most=100_000,
                    suffix=Text(vi="lượt", en="times"),
                ),
                ask("text", "provider", "Đơn vị thực hiện", "Given by", max_length=120),
            ),
        ),
    ),
    columns=("given_on", "facility", "service", "children_served"),
    enters=FACILITY_ENTER,
    sees=FACILITY_READ,
    source="Domain page of the programmes, §6.4 health_service_at_centre; Decision 535 B.I.8",
)

DISASTER = Form(
    code="orphan_care.disaster",
    number="F-ORP-7",
    title=Text(
        vi="Trẻ em bị ảnh hưởng bởi thiên tai, thảm họa", en="Children affected by a disaster"
    ),
    purpose=Text(
        vi="Ghi số trẻ em, số hộ bị ảnh hưởng trong một xã và số trẻ em đã được hỗ trợ.",
        en="How many children and households of a commune were struck, and how many were helped.",
    ),
    model=DisasterEvent,
    parts=(
        Part(
            Text(vi="Sự kiện", en="The event"),
            (
                ask("text", "name", "Tên đợt thiên tai, thảm họa", "Disaster", max_length=120),
                ask("choice", "kind", "Loại", "Kind", options=codes.DISASTERS),
                past_day("happened_on", "Ngày xảy ra", "On"),
                commune("Địa bàn (cấp xã)", "Commune"),
            ),
        ),
        Part(
            Text(vi="Thiệt hại và cứu trợ", en="Harm and relief"),
            (
                ask(
                    "integer",
                    "children_affected",
                    "Số trẻ em bị ảnh hưởng",
                    "Children affected",
                    least=0,
                    suffix=_CHILDREN,
                    checks=(
                        must(
                            answer("children_affected").at_least(count_of("children")),
                            "Danh sách có nhiều trẻ em hơn số đã ghi.",
                            "The list holds more children than that.",
                        ),
                    ),
                    help=Text(
                        vi="Gồm cả trẻ em chưa có trong sổ quản lý trẻ em.",
                        en="Children outside the register are counted too.",
                    ),
                ),
                ask(
                    "integer",
                    "households_affected",
                    "Số hộ bị ảnh hưởng",
                    "Households affected",
                    least=0,
                    suffix=Text(vi="hộ", en="households"),
                ),
                ask(
                    "integer",
                    "children_supported",
                    "Số trẻ em đã được hỗ trợ",
                    "Children supported",
                    least=0,
                    suffix=_CHILDREN,
                    checks=(
                        must(
                            answer("children_supported").at_most(answer("children_affected")),
                            "Số trẻ em được hỗ trợ không thể nhiều hơn số trẻ em bị ảnh hưởng.",
                            "No more children can be helped than were affected.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="children",
            title=Text(vi="Danh sách trẻ em", en="Children"),
            help=Text(
                vi="Không bắt buộc. Trẻ chưa có trong sổ thì chỉ ghi tuổi và giới tính.",
                en="Not required. A child outside the register is told by age and sex alone.",
            ),
            model=DisasterChild,
            parent="disaster_id",
            fields=(
                ask("child", "child_id", "Trẻ em (nếu có trong sổ)", "Child", required=False),
                ask("integer", "age", "Tuổi", "Age", least=0, most=17),
                ask("choice", "sex", "Giới tính", "Sex", options=codes.SEXES),
            ),
        ),
        Roster(
            name="relief",
            title=Text(vi="Cứu trợ", en="Relief"),
            model=ReliefLine,
            parent="disaster_id",
            fields=(
                ask("choice", "kind", "Loại", "Kind", options=codes.RELIEF),
                past_day("given_on", "Ngày", "On"),
                ask("integer", "children_helped", "Số trẻ em", "Children", least=1),
                ask("integer", "value_vnd", "Trị giá (đồng)", "Value (VND)", least=0),
                ask("text", "given_by", "Đơn vị hỗ trợ", "Given by", max_length=120),
            ),
        ),
    ),
    columns=("happened_on", "name", "commune_id", "children_affected", "children_supported"),
    editable=True,
    enters=RELIEF_ENTER,
    sees=RELIEF_READ,
    source="Domain page of the programmes, §6.5 F-ORP-7",
)


def once_each(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """One list for each centre and day, every child on it once."""
    same = answer("facility").equals(answers["facility"]) & answer("as_of").equals(answers["as_of"])
    if records.count(CentreResidentList, same):
        message = Text(vi="Danh sách của ngày này đã có.", en="There is a list of that day.")
        yield Fault("as_of", message)
    children = [row["child_id"] for row in answers["residents"]]
    for number, one in enumerate(children):
        if one in children[:number]:
            message = Text(vi="Trẻ này đã có ở dòng trên.", en="This child stands above.")
            yield Fault(f"residents.{number}.child_id", message)


FACILITY_LIST = Form(
    code="orphan_care.facility_list",
    number="F-ORP-6",
    title=Text(
        vi="Danh sách trẻ em tại cơ sở cần chăm sóc thay thế",
        en="Children of a centre who need alternative care",
    ),
    purpose=Text(
        vi="Người đứng đầu cơ sở lập 06 tháng một lần.",
        en="Made by the head of the centre every six months.",
    ),
    model=CentreResidentList,
    parts=(
        Part(
            Text(vi="Cơ sở", en="The centre"),
            (
                commune("Cơ sở ở đâu (cấp xã)", "Commune of the centre"),
                ask("text", "facility", "Tên cơ sở", "Centre", max_length=120),
                past_day("as_of", "Tính đến ngày", "As of"),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="residents",
            title=Text(vi="Trẻ em và nhu cầu", en="Children and their needs"),
            model=CentreResident,
            parent="list_id",
            most=200,
            fields=(
                ask("child", "child_id", "Trẻ em", "Child"),
                ask("choice", "needs", "Cần", "Needs", options=codes.CHILD_NEEDS),
            ),
        ),
    ),
    columns=("as_of", "facility", "commune_id"),
    enters=FACILITY_ENTER,
    sees=FACILITY_READ,
    verify=once_each,
    source="Domain page of the programmes, §6.5 F-ORP-6",
)

FORMS = (FACILITY_LIST, HEALTH_SERVICE, DISASTER)

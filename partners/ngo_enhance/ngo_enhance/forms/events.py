"""F-ENH-4 training and material with the project's mark, F-ENH-5 rounds of monitoring.

Training and material are copied to the forms of core, where the province counts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Field, Form, Part, Submission, Text, answer
from ngo_enhance import codes
from ngo_enhance.forms.asked import COMMUNE, PEOPLE, choice, cost, count, day, words
from ngo_enhance.models import CapacityEvent, MonitoringRound, ProjectMaterial, ProjectSite
from ngo_enhance.permissions import ENTER_EVENT, READ_EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_TOPIC = "labour"


def _in_site(records: Records, answers: Mapping[str, Any], day_field: str) -> Iterator[Fault]:
    """In a commune of the project on that day; with no site entered yet, in any."""
    if not records.count(ProjectSite, answer("from_day").answered()):
        return
    on = answers[day_field]
    since = answer("commune_id").equals(answers["commune_id"]) & answer("from_day").at_most(on)
    lasting = answer("until_day").equals(None) | answer("until_day").above(on)
    if not records.count(ProjectSite, since & lasting):
        yield Fault(
            "commune_id",
            Text(
                vi="Xã này không phải địa bàn dự án vào ngày đó.",
                en="This commune was no site of the project on that day.",
            ),
        )


def verify_training(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """In a commune of the project."""
    yield from _in_site(records, answers, "held_on")


def verify_material(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """In a commune of the project."""
    yield from _in_site(records, answers, "put_up_on")


def training_class(_records: Records, row: CapacityEvent) -> Iterator[Submission]:
    """The same class among those of the province."""
    answers = {
        "topic": _TOPIC,
        "audience": row.audience,
        "started_on": f"{row.held_on:%d/%m/%Y}",
        "commune_id": str(row.commune_id),
        "place": row.place,
        "trainer": row.trainer or codes.MARK,
        "n_classes": 1,
        "days": row.days,
        "participants_total": row.participants,
        "participants_female": row.women,
        "budget_vnd": row.cost_vnd,
    }
    yield Submission("core.training_class", answers, row.held_on, copy=True)


def material(_records: Records, row: ProjectMaterial) -> Iterator[Submission]:
    """The same among the province's material."""
    answers = {
        "material_type": row.kind,
        "topics": [_TOPIC],
        "quantity": row.quantity,
        "commune_id": str(row.commune_id),
        "place": row.place,
        "installed_on": f"{row.put_up_on:%d/%m/%Y}",
        "status": "in_use",
    }
    yield Submission("core.communication_material", answers, row.put_up_on, copy=True)


TRAINING = Form(
    code="ngo_enhance.training",
    number="F-ENH-4",
    title=Text(vi="Tập huấn của dự án", en="Training of the project"),
    purpose=Text(
        vi="Ghi lớp tập huấn do dự án tổ chức; số liệu tập huấn của tỉnh tự có.",
        en="Records a class held by the project; the province's figures follow.",
    ),
    model=CapacityEvent,
    parts=(
        Part(
            Text(vi="Lớp tập huấn", en="Class"),
            (
                day("held_on", "Ngày khai giảng", "Began on"),
                COMMUNE,
                words("place", "Địa điểm", "Place", most=200),
                choice("audience", "Đối tượng", "For whom", codes.TRAINED),
                words("trainer", "Đơn vị giảng dạy", "Taught by", required=False, most=200),
                Field(
                    name="days",
                    label=Text(vi="Số ngày", en="Days"),
                    kind="integer",
                    required=True,
                    least=1,
                    most=60,
                ),
                count("participants", "Số lượt người dự", "Participants", least=1, suffix=PEOPLE),
                Field(
                    name="women",
                    label=Text(vi="Trong đó: nữ", en="Of them women"),
                    kind="integer",
                    least=0,
                    most=answer("participants"),
                    suffix=PEOPLE,
                ),
                cost(),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "audience", "participants"),
    enters=ENTER_EVENT,
    sees=READ_EVENT,
    verify=verify_training,
    makes=training_class,
    source="Domain page of the programmes, §8 F-ENH-4",
)

MATERIAL = Form(
    code="ngo_enhance.material",
    number="F-ENH-4a",
    title=Text(vi="Pa-nô, áp phích của dự án", en="Billboards and posters of the project"),
    purpose=Text(
        vi="Ghi pa-nô, áp phích, tờ rơi của dự án; số liệu truyền thông của tỉnh tự có.",
        en="Records the project's billboards, posters, leaflets; the province's figures follow.",
    ),
    model=ProjectMaterial,
    parts=(
        Part(
            Text(vi="Sản phẩm", en="Material"),
            (
                day("put_up_on", "Ngày lắp đặt, phát hành", "Put up or given out on"),
                COMMUNE,
                choice("kind", "Loại", "Kind", codes.MATERIALS),
                count("quantity", "Số lượng", "Quantity", least=1),
                words("place", "Nơi đặt, nơi phát", "Where", most=200),
            ),
        ),
    ),
    columns=("put_up_on", "commune_id", "kind", "quantity"),
    enters=ENTER_EVENT,
    sees=READ_EVENT,
    verify=verify_material,
    makes=material,
    source="Domain page of the programmes, §8 F-ENH-4",
)

MONITORING = Form(
    code="ngo_enhance.monitoring_round",
    number="F-ENH-5",
    title=Text(vi="Đợt giám sát", en="Round of monitoring"),
    purpose=Text(
        vi="Ghi một đợt giám sát: số trẻ được xem xét và phát hiện chính, không ghi tên.",
        en="Records a round: how many children were looked at and what was found, without names.",
    ),
    model=MonitoringRound,
    parts=(
        Part(
            Text(vi="Giám sát", en="Monitoring"),
            (
                day("held_on", "Ngày giám sát", "Held on"),
                COMMUNE,
                count("sample", "Số trẻ được xem xét", "Children looked at", least=1),
                Field(
                    name="findings",
                    label=Text(vi="Phát hiện chính", en="Findings"),
                    kind="textarea",
                    required=True,
                    max_length=2000,
                    help=Text(
                        vi="Không ghi họ tên, địa chỉ của trẻ em và gia đình.",
                        en="Give no name or address of a child or family.",
                    ),
                ),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "sample"),
    enters=ENTER_EVENT,
    sees=READ_EVENT,
    verify=verify_training,
    source="Domain page of the programmes, §8 monitoring_round",
)

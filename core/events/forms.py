"""The forms of communication and training."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.events import models, options
from core.kit.language import Text
from core.organisation.fields import COMMUNE, choice, count
from core.plugin_api.forms import Check, Field, Form, Part
from core.plugin_api.rules import answer
from core.register.fields import day, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.register.options import Choices

# Source: programmes §10.4: a children's forum is reported within 15 days after it ends.
FORUM_REPORT_DAYS = 15
_VND = Text(vi="đồng", en="VND")
_PEOPLE = Text(vi="người", en="people")
_EVENT: dict[str, Any] = {
    "enters": models.ENTER,
    "sees": models.READ,
    "source": "programmes §2.8",
    "editable": True,
}


def _several(name: str, vi: str, en: str, of: Choices) -> Field:
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="choices", required=True, options=of.options
    )


def _part_of_total(name: str, vi: str, en: str) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        least=0,
        most=answer("participants_total"),
        suffix=_PEOPLE,
    )


def _at_least_one(name: str, vi: str, en: str, *checks: Check) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        required=True,
        least=1,
        checks=checks,
    )


def event_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The day by which the result of a children's forum is reported."""
    if answers["event_form"] != "forum":
        return {"results_due_on": None}
    return {"results_due_on": answers["held_on"] + timedelta(days=FORUM_REPORT_DAYS)}


_WHAT = (
    line("title", "Tên hoạt động", "Title", required=True, max_length=200),
    _several("topics", "Chủ đề", "Topics", options.TOPIC),
    choice("event_form", "Hình thức", "Form", options.EVENT),
    _several("audiences", "Đối tượng", "For whom", options.AUDIENCE),
    day("held_on", "Ngày tổ chức", "Held on"),
    COMMUNE,
    line("place", "Địa điểm", "Place", required=True, max_length=200),
    Field(
        name="school",
        label=Text(vi="Trường", en="School"),
        kind="text",
        required=True,
        relevant=answer("event_form").equals("school_talk"),
        max_length=200,
    ),
)
_HOW_MANY = (
    _at_least_one("n_events", "Số cuộc", "Events"),
    _at_least_one(
        "n_sites",
        "Số điểm",
        "Places",
        Check(
            answer("event_form").equals("broadcast")
            | answer("n_sites").at_most(answer("n_events")),
            Text(
                vi="Số điểm không được nhiều hơn số cuộc, trừ phát thanh, truyền hình.",
                en="There cannot be more places than events, unless it was broadcast.",
            ),
        ),
    ),
    count("participants_total", "Số người tham dự", "Participants", required=True, suffix=_PEOPLE),
    _part_of_total("participants_female", "Trong đó: nữ", "Of them women and girls"),
    _part_of_total("participants_children", "Trong đó: trẻ em", "Of them children"),
)
_WITH = (
    line("lead", "Đơn vị chủ trì", "Held by", max_length=200),
    line("programme_code", "Chương trình, đề án", "Programme or scheme", max_length=120),
    count("budget_vnd", "Kinh phí", "Cost", suffix=_VND),
    Field(
        name="results",
        label=Text(vi="Kết quả", en="Result"),
        kind="textarea",
        max_length=500,
        help=Text(
            vi="Không ghi họ tên trẻ em. Diễn đàn trẻ em: báo cáo kết quả trong 15 ngày.",
            en="Name no child. The result of a children's forum is reported within 15 days.",
        ),
    ),
    Field(
        name="results_due_on",
        label=Text(vi="Hạn báo cáo kết quả", en="Result due on"),
        kind="date",
        computed=True,
    ),
)

EVENT_FORM = Form(
    code="core.communication_event",
    number="F-COR-2",
    title=Text(vi="Hoạt động truyền thông", en="Communication event"),
    purpose=Text(
        vi="Ghi một cuộc hoặc một đợt truyền thông; 20 cuộc, 1.000 người ghi chung một phiếu.",
        en="Record an event or a batch of them: 20 events with 1,000 people are one record.",
    ),
    model=models.CommunicationEvent,
    parts=(
        Part(Text(vi="Hoạt động", en="Event"), _WHAT),
        Part(Text(vi="Quy mô", en="Size"), _HOW_MANY),
        Part(Text(vi="Tổ chức và kết quả", en="Organisation and result"), _WITH),
    ),
    columns=(
        "title",
        "event_form",
        "commune_id",
        "held_on",
        "n_events",
        "participants_total",
    ),
    compute=event_columns,
    **_EVENT,
)

MATERIAL_FORM = Form(
    code="core.communication_material",
    number="F-COR-TL",
    title=Text(vi="Sản phẩm truyền thông", en="Communication material"),
    purpose=Text(
        vi="Ghi pa-nô, áp phích, tờ rơi và sản phẩm khác: số lượng, nơi đặt, tình trạng.",
        en="Record billboards, posters, leaflets and the like: how many, where, in what condition.",
    ),
    model=models.CommunicationMaterial,
    parts=(
        Part(
            Text(vi="Sản phẩm", en="Material"),
            (
                choice("material_type", "Loại", "Kind", options.MATERIAL),
                _several("topics", "Chủ đề", "Topics", options.TOPIC),
                _at_least_one("quantity", "Số lượng", "Quantity"),
                COMMUNE,
                line("place", "Nơi đặt, nơi phát", "Where", required=True, max_length=200),
                day("installed_on", "Ngày lắp đặt, phát hành", "Put up or given out on"),
                choice("status", "Tình trạng", "Condition", options.MATERIAL_STATUS),
            ),
        ),
    ),
    columns=("material_type", "commune_id", "quantity", "installed_on", "status"),
    takes_copies=True,
    **_EVENT,
)


def _test(name: str, vi: str, en: str) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="integer",
        least=0,
        most=100,
        suffix=Text(vi="%", en="%"),
    )


TRAINING_FORM = Form(
    code="core.training_class",
    number="F-COR-TH",
    title=Text(vi="Lớp tập huấn", en="Training class"),
    purpose=Text(
        vi="Ghi lớp tập huấn cho cán bộ, cộng tác viên, cha mẹ, trẻ em.",
        en="Record training of officers, collaborators, parents and children.",
    ),
    model=models.TrainingClass,
    parts=(
        Part(
            Text(vi="Lớp", en="Class"),
            (
                choice("topic", "Chủ đề", "Topic", options.TOPIC),
                choice("audience", "Đối tượng", "For whom", options.TRAINED),
                day("started_on", "Ngày khai giảng", "Began on"),
                COMMUNE,
                line("place", "Địa điểm", "Place", required=True, max_length=200),
                line("trainer", "Đơn vị giảng dạy", "Taught by", max_length=200),
            ),
        ),
        Part(
            Text(vi="Quy mô và kết quả", en="Size and result"),
            (
                _at_least_one("n_classes", "Số lớp", "Classes"),
                Field(
                    name="days",
                    label=Text(vi="Số ngày mỗi lớp", en="Days each"),
                    kind="integer",
                    required=True,
                    least=1,
                    most=60,
                ),
                _at_least_one("participants_total", "Số lượt người dự", "Participants"),
                _part_of_total("participants_female", "Trong đó: nữ", "Of them women and girls"),
                count("budget_vnd", "Kinh phí", "Cost", suffix=_VND),
                _test("pre_test_percent", "Trả lời đúng trước khóa học", "Right answers before"),
                _test("post_test_percent", "Trả lời đúng sau khóa học", "Right answers after"),
            ),
        ),
    ),
    columns=("topic", "audience", "commune_id", "started_on", "n_classes", "participants_total"),
    takes_copies=True,
    **_EVENT,
)

FORMS = (EVENT_FORM, MATERIAL_FORM, TRAINING_FORM)

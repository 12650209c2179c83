"""F-LAB-3: a vocational class with its list of children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Part, Roster, Text, answer, count_of
from plugins.child_labour import codes
from plugins.child_labour.forms.asked import CHILDREN, COMMUNE, words
from plugins.child_labour.models import VocationalClass, VocationalEnrolment
from plugins.child_labour.permissions import ENTER_CLASS, READ_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """How many children are in the list."""
    return {"learners": len(answers["enrolments"])}


def verify(_records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Nobody stands twice in the list."""
    seen = set()
    for number, row in enumerate(answers["enrolments"]):
        if row["child_id"] in seen:
            yield Fault(
                f"enrolments.{number}.child_id",
                Text(vi="Trẻ này đã có trong danh sách.", en="This child is in the list already."),
            )
        seen.add(row["child_id"])


ENROLMENTS = Roster(
    name="enrolments",
    title=Text(vi="Danh sách học viên", en="Learners"),
    model=VocationalEnrolment,
    parent="vocational_class_id",
    least=1,
    most=200,
    fields=(
        Field(name="child_id", label=Text(vi="Trẻ em", en="Child"), kind="child", required=True),
        Field(
            name="entry_category",
            label=Text(vi="Nhóm khi vào học", en="Group on entry"),
            kind="choice",
            options=codes.ENTRY_CATEGORIES,
            required=True,
        ),
        Field(
            name="result",
            label=Text(vi="Kết quả", en="Result"),
            kind="choice",
            options=codes.CLASS_RESULTS,
        ),
        Field(
            name="employed_after",
            label=Text(vi="Có việc làm sau khóa học", en="Employed afterwards"),
            kind="yes_no",
            relevant=answer("result").equals("completed"),
        ),
    ),
)

VOCATIONAL_CLASS = Form(
    code="child_labour.vocational_class",
    number="F-LAB-3",
    title=Text(vi="Phiếu lớp dạy nghề", en="Vocational class"),
    purpose=Text(
        vi="Ghi nhận lớp dạy nghề cho trẻ em bỏ học, trẻ em lao động hoặc có nguy cơ, danh sách và "
        "kết quả.",
        en="Records a vocational class for children who left school, work or are at risk, its list "
        "and results.",
    ),
    model=VocationalClass,
    parts=(
        Part(
            Text(vi="Lớp dạy nghề", en="The class"),
            (
                words("trade", "Nghề", "Trade"),
                words("provider", "Cơ sở dạy nghề", "Provider"),
                words("place", "Địa điểm", "Place"),
                COMMUNE,
                Field(
                    name="starts_on",
                    label=Text(vi="Ngày khai giảng", en="Starts on"),
                    kind="date",
                    required=True,
                ),
                Field(
                    name="months",
                    label=Text(vi="Thời gian học", en="Months"),
                    kind="integer",
                    required=True,
                    least=1,
                    most=36,
                    suffix=Text(vi="tháng", en="months"),
                ),
                Field(
                    name="places",
                    label=Text(vi="Số chỗ", en="Places"),
                    kind="integer",
                    required=True,
                    least=1,
                    most=200,
                    suffix=CHILDREN,
                    checks=(
                        Check(
                            answer("places").at_least(count_of("enrolments")),
                            Text(
                                vi="Danh sách có nhiều trẻ hơn số chỗ của lớp.",
                                en="There are more children in the list than places.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="from_age",
                    label=Text(vi="Tuổi được học nghề này", en="Age from which it may be learnt"),
                    kind="integer",
                    required=True,
                    least=5,
                    most=17,
                    suffix=Text(vi="tuổi", en="years"),
                ),
                Field(
                    name="project",
                    label=Text(vi="Thuộc địa bàn dự án", en="In a project commune"),
                    kind="yes_no",
                    required=True,
                    help=Text(
                        vi="Lớp thuộc địa bàn dự án không tính vào chỉ tiêu LAB-08.",
                        en="A class of a project commune does not count in LAB-08.",
                    ),
                ),
                Field(
                    name="learners",
                    label=Text(vi="Số học viên", en="Learners"),
                    kind="integer",
                    computed=True,
                ),
            ),
        ),
    ),
    rosters=(ENROLMENTS,),
    columns=("trade", "commune_id", "starts_on", "learners", "project"),
    editable=True,
    enters=ENTER_CLASS,
    sees=READ_CLASS,
    compute=compute,
    verify=verify,
    source="Domain page of the programmes, §4.3 F-LAB-3",
)

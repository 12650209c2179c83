"""F-ENH-0 the project, F-ENH-0a where it works, F-ENH-7 what was agreed for its log frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Form, Part, Text, answer
from ngo_enhance import codes
from ngo_enhance.forms.asked import COMMUNE, choice, count, words
from ngo_enhance.models import LogFrameLine, Project, ProjectSite
from ngo_enhance.permissions import ENTER_PROJECT, READ_PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_AFTER_START = Check(
    answer("ends_on").above(answer("starts_on")),
    Text(vi="Ngày kết thúc phải sau ngày bắt đầu.", en="It cannot end before it starts."),
)


def one_project(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """One code is one project."""
    if records.count(PROJECT.code, answer("code").equals(answers["code"])):
        yield Fault("code", Text(vi="Mã dự án này đã có.", en="There is such a project already."))


def site_of_project(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Within the days of the project, and a commune once."""
    project = records.get(PROJECT.code, answers["project_id"])
    if project is None:
        return
    until = answers["until_day"]
    if answers["from_day"] < project["starts_on"] or answers["from_day"] > project["ends_on"]:
        yield Fault(
            "from_day",
            Text(vi="Ngày này ngoài thời gian của dự án.", en="This day lies outside the project."),
        )
    same = answer("project_id").equals(project["id"]) & answer("commune_id").equals(
        answers["commune_id"]
    )
    for other in records.find(ProjectSite, same):
        over = other["until_day"] is not None and other["until_day"] <= answers["from_day"]
        before = until is not None and until <= other["from_day"]
        if not over and not before:
            yield Fault(
                "commune_id",
                Text(
                    vi="Xã này đã là địa bàn dự án trong thời gian đó.",
                    en="This commune is a site of the project in that time already.",
                ),
            )
            return


def one_line(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """One line for each indicator and year."""
    same = answer("indicator").equals(answers["indicator"]) & answer("year").equals(answers["year"])
    if records.count(LOG_FRAME_LINE.code, same):
        yield Fault(
            "indicator",
            Text(
                vi="Chỉ tiêu này của năm đó đã có dòng trong khung kết quả.",
                en="This indicator has a line for that year already.",
            ),
        )


PROJECT = Form(
    code="ngo_enhance.project",
    number="F-ENH-0",
    title=Text(vi="Phiếu dự án", en="Project"),
    purpose=Text(
        vi="Ghi dự án của đối tác: nhà tài trợ, đơn vị thực hiện, thời gian, số thỏa thuận.",
        en="Records the partner's project: donor, implementers, days, agreements.",
    ),
    model=Project,
    parts=(
        Part(
            Text(vi="Dự án", en="Project"),
            (
                words("code", "Mã dự án", "Code", most=40),
                words("name", "Tên dự án", "Name", most=200),
                words("donor", "Nhà tài trợ", "Donor", most=200),
                words("implementing", "Đơn vị thực hiện", "Implementing bodies", most=200),
                Field(
                    name="starts_on",
                    label=Text(vi="Ngày bắt đầu", en="First day"),
                    kind="date",
                    required=True,
                ),
                Field(
                    name="ends_on",
                    label=Text(vi="Ngày kết thúc", en="Last day"),
                    kind="date",
                    required=True,
                    checks=(_AFTER_START,),
                ),
                words("currency", "Đồng tiền", "Currency", most=3),
            ),
        ),
        Part(
            Text(vi="Thỏa thuận", en="Agreements"),
            (
                words("agreement_no", "Số thỏa thuận với tỉnh", "Agreement with the province"),
                words(
                    "data_sharing_no",
                    "Số thỏa thuận chia sẻ dữ liệu",
                    "Agreement on data",
                    required=False,
                ),
            ),
        ),
    ),
    columns=("code", "name", "donor", "starts_on", "ends_on"),
    called="name",
    enters=ENTER_PROJECT,
    sees=READ_PROJECT,
    verify=one_project,
    editable=True,
    source="Domain page of the programmes, §8 project",
)

SITE = Form(
    code="ngo_enhance.project_site",
    number="F-ENH-0a",
    title=Text(vi="Phiếu địa bàn dự án", en="Site of the project"),
    purpose=Text(
        vi="Ghi từng xã dự án hoạt động và từ ngày nào; phải nằm trong thỏa thuận.",
        en="Records each commune in which the project works, and since when; within its agreement.",
    ),
    model=ProjectSite,
    parts=(
        Part(
            Text(vi="Địa bàn", en="Site"),
            (
                Field(
                    name="project_id",
                    label=Text(vi="Dự án", en="Project"),
                    kind="record",
                    of="ngo_enhance.project",
                    required=True,
                ),
                COMMUNE,
                Field(
                    name="from_day",
                    label=Text(vi="Từ ngày", en="From"),
                    kind="date",
                    required=True,
                ),
                Field(
                    name="until_day",
                    label=Text(vi="Không còn từ ngày", en="No longer from"),
                    kind="date",
                    checks=(
                        Check(
                            answer("until_day").above(answer("from_day")),
                            Text(
                                vi="Ngày này phải sau ngày bắt đầu.",
                                en="This day must come after the first.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("commune_id", "from_day", "until_day"),
    enters=ENTER_PROJECT,
    sees=READ_PROJECT,
    verify=site_of_project,
    editable=True,
    source="Domain page of the programmes, §8 project_site",
)

LOG_FRAME_LINE = Form(
    code="ngo_enhance.log_frame_line",
    number="F-ENH-7",
    title=Text(vi="Dòng của khung kết quả", en="Line of the log frame"),
    purpose=Text(
        vi="Ghi giá trị đầu kỳ, mục tiêu và nguồn kiểm chứng của một chỉ tiêu dự án trong một năm.",
        en="Records baseline, target and means of verification of an indicator for a year.",
    ),
    model=LogFrameLine,
    parts=(
        Part(
            Text(vi="Khung kết quả", en="Log frame"),
            (
                choice("indicator", "Chỉ tiêu", "Indicator", codes.INDICATORS),
                Field(
                    name="year",
                    label=Text(vi="Năm", en="Year"),
                    kind="integer",
                    required=True,
                    least=2010,
                    most=2100,
                ),
                count("baseline", "Giá trị đầu kỳ", "Baseline"),
                Field(
                    name="target",
                    label=Text(vi="Mục tiêu, nếu có", en="Target, if any"),
                    kind="integer",
                    least=0,
                    most=1_000_000,
                ),
                choice("means", "Nguồn kiểm chứng", "Means of verification", codes.MEANS),
            ),
        ),
    ),
    columns=("indicator", "year", "baseline", "target", "means"),
    enters=ENTER_PROJECT,
    sees=READ_PROJECT,
    verify=one_line,
    editable=True,
    source="Domain page of the programmes, §8 (donor export)",
)

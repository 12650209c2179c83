"""The forms of the plan."""

from __future__ import annotations

from core.kit.language import Text
from core.organisation.fields import COMMUNE, SEAT, choice, count, fixed, until
from core.organisation.forms import LEVEL
from core.planning import models, options, rules
from core.plugin_api.forms import Check, Field, Form, Part, Roster
from core.plugin_api.rules import answer
from core.register.fields import day, line

_PEOPLE = Text(vi="người", en="people")
_NO_NAMES = Text(vi="Không ghi họ tên trẻ em.", en="Name no child.")
_YEAR = Field(
    name="year",
    label=Text(vi="Năm", en="Year"),
    kind="integer",
    required=True,
    least=2000,
    most=2100,
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


def _words(
    name: str, vi: str, en: str, *, required: bool = False, note: Text | None = None
) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="textarea",
        required=required,
        max_length=500,
        help=note,
    )


PLAN_FORM = Form(
    code="core.plan_year",
    number="F-COR-KH",
    title=Text(vi="Kế hoạch năm", en="Plan of a year"),
    purpose=Text(
        vi="Mở kế hoạch năm của tỉnh; các hoạt động trong chương trình đã khai báo được đưa vào.",
        en="Open the province's plan of a year; the activities of its declaration come with it.",
    ),
    model=models.PlanYear,
    parts=(
        Part(
            Text(vi="Kế hoạch", en="Plan"),
            (
                fixed(_YEAR),
                line("title", "Tên kế hoạch", "Title", required=True, max_length=250),
                choice("status", "Tình trạng", "Status", options.PLAN_STATUS),
                Field(
                    name="decision_no",
                    label=Text(vi="Số quyết định", en="Number of the decision"),
                    kind="text",
                    required=answer("status").one_of(*options.OPEN),
                    max_length=60,
                ),
                Field(
                    name="decided_on",
                    label=Text(vi="Ngày ban hành", en="Day of the decision"),
                    kind="date",
                    required=answer("status").one_of(*options.OPEN),
                    not_future=True,
                ),
                line("approved_by", "Cơ quan phê duyệt", "Approved by", max_length=120),
            ),
        ),
    ),
    columns=("title", "year", "status", "decision_no", "decided_on"),
    called="title",
    verify=rules.plan_faults,
    editable=True,
    enters=models.MANAGE,
    sees=models.READ,
    source="programmes §2.6",
)

ACTIVITY_FORM = Form(
    code="core.plan_activity",
    number="F-COR-HD",
    title=Text(vi="Hoạt động trong kế hoạch", en="Planned activity"),
    purpose=Text(
        vi="Bổ sung hoạt động vào kế hoạch năm: số lượng, đơn vị tính, đơn vị chủ trì, thời hạn.",
        en="Add an activity to the plan: how many, of what, who leads, by when.",
    ),
    model=models.PlanActivity,
    parts=(
        Part(
            Text(vi="Hoạt động", en="Activity"),
            (
                Field(
                    name="plan_id",
                    label=Text(vi="Kế hoạch", en="Plan"),
                    kind="record",
                    of="core.plan_year",
                    required=True,
                    fixed=True,
                ),
                fixed(line("code", "Mã hoạt động", "Code", required=True, max_length=20)),
                line("title", "Nội dung", "What", required=True, max_length=250),
                line("programme_code", "Chương trình", "Programme", required=True, max_length=60),
                count("planned_quantity", "Số lượng kế hoạch", "Planned quantity"),
                Field(
                    name="unit",
                    label=Text(vi="Đơn vị tính", en="Unit"),
                    kind="text",
                    required=answer("planned_quantity").answered(),
                    max_length=60,
                ),
                Field(
                    name="counts_people",
                    label=Text(vi="Tính số người tham dự", en="Counts people"),
                    kind="yes_no",
                    required=True,
                ),
                count("planned_beneficiaries", "Số người dự kiến", "Persons planned"),
            ),
        ),
        Part(
            Text(vi="Thực hiện", en="Who and when"),
            (
                line("lead_agency", "Đơn vị chủ trì", "Led by", max_length=200),
                line("coop_agencies", "Đơn vị phối hợp", "With", max_length=250),
                Field(
                    name="due_on",
                    label=Text(vi="Hoàn thành trước ngày", en="To be done by"),
                    kind="date",
                ),
                Field(
                    name="occasion",
                    label=Text(vi="Nhân dịp", en="Occasion"),
                    kind="choice",
                    options=options.OCCASION.options,
                ),
            ),
        ),
    ),
    columns=("title", "code", "programme_code", "planned_quantity", "unit", "due_on"),
    called="title",
    verify=rules.activity_faults,
    editable=True,
    enters=models.MANAGE,
    sees=models.READ,
    source="programmes §2.6",
)

RESULT_FORM = Form(
    code="core.activity_result",
    number="F-COR-1",
    title=Text(vi="Kết quả thực hiện hoạt động", en="Result of an activity"),
    purpose=Text(
        vi="Ghi kết quả một hoạt động của kế hoạch năm đang thực hiện; được ghi vượt kế hoạch.",
        en="Record what was done of an activity of the open plan; more than planned is welcome.",
    ),
    model=models.ActivityResult,
    parts=(
        Part(
            Text(vi="Hoạt động", en="Activity"),
            (
                Field(
                    name="activity_id",
                    label=Text(vi="Hoạt động", en="Activity"),
                    kind="record",
                    of="core.plan_activity",
                    required=True,
                ),
                COMMUNE,
                choice("period", "Kỳ", "Period", options.PERIOD),
                count("done_quantity", "Số lượng thực hiện", "Quantity done", required=True),
                day("done_on", "Ngày thực hiện", "Done on"),
                Field(
                    name="date_reason",
                    label=Text(vi="Lý do ngày nằm ngoài kỳ", en="Why the day is outside"),
                    kind="text",
                    max_length=250,
                ),
                line("place", "Địa điểm", "Place", required=True, max_length=200),
            ),
        ),
        Part(
            Text(vi="Người tham dự", en="People"),
            (
                count("participants_total", "Số người tham dự", "Participants", suffix=_PEOPLE),
                _part_of_total("participants_female", "Trong đó: nữ", "Of them women and girls"),
                _part_of_total("participants_children", "Trong đó: trẻ em", "Of them children"),
            ),
        ),
        Part(
            Text(vi="Kết quả", en="Result"),
            (
                line("evidence", "Minh chứng", "Evidence", max_length=250),
                _words("narrative", "Kết quả", "What came of it", note=_NO_NAMES),
                _words("difficulty", "Khó khăn", "Difficulties", note=_NO_NAMES),
            ),
        ),
    ),
    columns=("activity_id", "commune_id", "period", "done_quantity", "done_on"),
    verify=rules.result_faults,
    editable=True,
    attachments=True,
    enters=models.ENTER_RESULT,
    sees=models.READ,
    source="programmes §2.10",
)

CONTRIBUTION_FORM = Form(
    code="core.sector_contribution",
    number="F-COR-8",
    title=Text(vi="Nội dung báo cáo của ngành", en="Contribution of a sector"),
    purpose=Text(
        vi="Sở, ngành gửi số liệu tổng hợp và nội dung của kỳ; không phát sinh thì ghi rõ.",
        en="An agency gives its totals and words for a period, or says that nothing arose.",
    ),
    model=models.SectorContribution,
    parts=(
        Part(
            Text(vi="Nội dung", en="Contribution"),
            (
                Field(
                    name="agency",
                    label=Text(vi="Cơ quan", en="Agency"),
                    kind="text",
                    required=True,
                    max_length=200,
                    help=Text(
                        vi="Ghi đúng tên trong danh sách của tỉnh, ví dụ: Sở Y tế.",
                        en="Its name as it stands in the province's list.",
                    ),
                ),
                _YEAR,
                choice("period", "Kỳ", "Period", options.PERIOD),
                Field(
                    name="nil_return",
                    label=Text(vi="Không phát sinh", en="Nothing arose"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="content",
                    label=Text(vi="Nội dung", en="In words"),
                    kind="textarea",
                    required=True,
                    relevant=answer("nil_return").equals(False),
                    max_length=4000,
                    help=_NO_NAMES,
                ),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="figures",
            title=Text(vi="Số liệu", en="Figures"),
            model=models.ContributionFigure,
            parent="contribution_id",
            relevant=answer("nil_return").equals(False),
            fields=(
                line("name", "Chỉ tiêu", "What", required=True, max_length=200),
                count("quantity", "Số lượng", "How many", required=True),
                line("unit", "Đơn vị tính", "Unit", required=True, max_length=60),
            ),
        ),
    ),
    columns=("agency", "year", "period", "nil_return"),
    verify=rules.contribution_faults,
    enters=models.CONTRIBUTE,
    sees=models.READ_CONTRIBUTION,
    source="programmes §2.10",
)

INSPECTION_FORM = Form(
    code="core.inspection_visit",
    number="F-COR-KT",
    title=Text(vi="Kiểm tra, giám sát", en="Inspection visit"),
    purpose=Text(
        vi="Ghi cuộc kiểm tra, giám sát: nội dung, đơn vị, kết quả, kiến nghị và thời hạn.",
        en="Record an inspection: what, whom, what was found, what is to change and by when.",
    ),
    model=models.InspectionVisit,
    parts=(
        Part(
            Text(vi="Cuộc kiểm tra", en="Visit"),
            (
                line("topic", "Nội dung kiểm tra", "What was inspected", required=True),
                COMMUNE,
                line("units_inspected", "Đơn vị được kiểm tra", "Units", required=True),
                Field(
                    name="n_units",
                    label=Text(vi="Số đơn vị", en="How many units"),
                    kind="integer",
                    required=True,
                    least=1,
                ),
                day("visited_on", "Ngày kiểm tra", "Visited on"),
                line("team", "Thành phần đoàn", "Team", required=True),
            ),
        ),
        Part(
            Text(vi="Kết quả", en="Result"),
            (
                _words("findings", "Kết quả", "Findings", required=True, note=_NO_NAMES),
                _words("recommendations", "Kiến nghị", "Recommendations"),
                until("deadline", "visited_on", "Thời hạn khắc phục", "To be mended by"),
                _words("follow_up", "Kết quả khắc phục", "What was done since"),
            ),
        ),
    ),
    columns=("topic", "commune_id", "n_units", "visited_on", "deadline"),
    editable=True,
    enters=models.INSPECT,
    sees=models.READ_INSPECTION,
    source="programmes §2.6",
)


def _points(
    name: str, vi: str, en: str, *, required: bool, checks: tuple[Check, ...] = ()
) -> Field:
    return Field(
        name=name,
        label=Text(vi=vi, en=en),
        kind="decimal",
        places=2,
        required=required,
        least=0,
        checks=checks,
    )


SCORE_FORM = Form(
    code="core.emulation_score",
    number="F-COR-TD",
    title=Text(vi="Chấm điểm thi đua", en="Emulation score"),
    purpose=Text(
        vi="Ghi điểm tự chấm, điểm phúc tra và xếp hạng của đơn vị trong năm.",
        en="Record a unit's own score, the verified one, and its rank of the year.",
    ),
    model=models.EmulationScore,
    parts=(
        Part(
            Text(vi="Đơn vị và điểm", en="Unit and scores"),
            (
                _YEAR,
                LEVEL,
                SEAT,
                _points("self_score", "Điểm tự chấm", "Own score", required=True),
                _points("verified_score", "Điểm phúc tra", "Verified score", required=False),
                Field(
                    name="rank",
                    label=Text(vi="Xếp hạng", en="Rank"),
                    kind="integer",
                    least=1,
                ),
                line("reward", "Hình thức khen thưởng", "Reward", max_length=200),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="criteria",
            title=Text(vi="Điểm từng tiêu chí", en="Criteria"),
            model=models.EmulationCriterion,
            parent="score_id",
            fields=(
                line("criterion", "Tiêu chí", "Criterion", required=True, max_length=250),
                _points("most_points", "Điểm tối đa", "At most", required=True),
                _points(
                    "points",
                    "Điểm đạt",
                    "Points",
                    required=True,
                    checks=(
                        Check(
                            answer("points").at_most(answer("most_points")),
                            Text(
                                vi="Điểm đạt không được vượt điểm tối đa.",
                                en="Not more than the criterion gives.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("year", "level", "commune_id", "self_score", "verified_score", "rank"),
    verify=rules.score_faults,
    enters=models.MANAGE,
    sees=models.READ,
    source="programmes §2.6",
)

FORMS = (
    PLAN_FORM,
    ACTIVITY_FORM,
    RESULT_FORM,
    CONTRIBUTION_FORM,
    INSPECTION_FORM,
    SCORE_FORM,
)

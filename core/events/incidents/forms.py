"""The first report of an urgent incident: short enough for a phone and a minute."""

from __future__ import annotations

from core.events import options
from core.events.incidents.models import LONGEST, READ, REPORT, UrgentIncident
from core.kit.language import Text
from core.organisation.fields import COMMUNE, choice, count
from core.plugin_api.forms import Check, Field, Form, Part
from core.plugin_api.rules import answer
from core.register.fields import line

INCIDENT_FORM = Form(
    code="core.urgent_incident",
    code_column="code",
    number="F-COR-9",
    title=Text(vi="Báo cáo vụ việc đột xuất", en="Urgent incident"),
    purpose=Text(
        vi="Báo ngay vụ việc đột xuất, nổi cộm lên cấp trên; không ghi tên trẻ em.",
        en="Report a sudden or prominent incident upwards at once; name no child.",
    ),
    model=UrgentIncident,
    parts=(
        Part(
            Text(vi="Vụ việc", en="Incident"),
            (
                Field(
                    name="code",
                    label=Text(vi="Mã vụ việc", en="Code"),
                    kind="text",
                    computed=True,
                ),
                choice("kind", "Loại vụ việc", "Kind", options.INCIDENT),
                COMMUNE,
                Field(
                    name="occurred_at",
                    label=Text(vi="Thời gian xảy ra", en="When it happened"),
                    kind="datetime",
                    required=True,
                    not_future=True,
                ),
                Field(
                    name="learned_at",
                    label=Text(vi="Thời gian biết tin", en="When you heard of it"),
                    kind="datetime",
                    required=True,
                    not_future=True,
                    checks=(
                        Check(
                            answer("learned_at").at_least(answer("occurred_at")),
                            Text(
                                vi="Thời gian biết tin không thể trước thời gian xảy ra.",
                                en="You cannot hear of it before it happens.",
                            ),
                        ),
                    ),
                ),
                count("children_count", "Số trẻ em liên quan", "Children concerned", required=True),
                line("place", "Địa điểm", "Place", max_length=200),
                Field(
                    name="first_report_text",
                    label=Text(vi="Nội dung ban đầu", en="What is known"),
                    kind="textarea",
                    required=True,
                    max_length=LONGEST,
                    help=Text(
                        vi="Không ghi họ tên, tuổi, địa chỉ, trường, lớp của trẻ em.",
                        en="No name, age, address, school or class of a child.",
                    ),
                ),
                Field(
                    name="names_checked",
                    label=Text(
                        vi="Đã kiểm tra: nội dung không có tên trẻ em",
                        en="Checked: no child is named",
                    ),
                    kind="yes_no",
                ),
                Field(
                    name="case_ref",
                    label=Text(vi="Mã hồ sơ trường hợp, nếu có", en="Case code, if any"),
                    kind="text",
                    max_length=20,
                    help=Text(
                        vi="Không ghi mã của hồ sơ mật.", en="Not the code of a confidential case."
                    ),
                ),
            ),
        ),
    ),
    columns=("code", "kind", "commune_id", "occurred_at", "children_count"),
    enters=REPORT,
    sees=READ,
    source="programmes §2.12",
)

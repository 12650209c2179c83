"""The forms of what changes while a child is followed."""

from __future__ import annotations

from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import answer
from core.register import options as register_options
from core.register.fields import CHILD, COMMUNE, day, line
from core.register.following import options
from core.register.following.models import PovertyYear, SchoolingChange, StatusChange

_LEFT_SCHOOL = answer("schooling").equals("dropped_out")
_LOWEST_GRADE, _HIGHEST_GRADE = 1, 12

SCHOOLING_FORM = Form(
    code="core.schooling",
    number="F-COR-HV",
    title=Text(vi="Thay đổi về học tập", en="Change of schooling"),
    purpose=Text(
        vi="Ghi nơi trẻ học, hoặc lý do bỏ học để vận động trẻ trở lại trường.",
        en="Record where the child goes to school, or why it left.",
    ),
    model=SchoolingChange,
    parts=(
        Part(
            Text(vi="Học tập", en="Schooling"),
            (
                CHILD,
                COMMUNE,
                day("changed_on", "Từ ngày", "From"),
                Field(
                    name="schooling",
                    label=Text(vi="Tình trạng học tập", en="Schooling"),
                    kind="choice",
                    required=True,
                    options=register_options.SCHOOLING.options,
                ),
                line("school_name", "Trường", "School", max_length=200),
                Field(
                    name="grade",
                    label=Text(vi="Lớp (lớp cuối cùng nếu đã bỏ học)", en="Grade, or the last one"),
                    kind="integer",
                    required=_LEFT_SCHOOL,
                    least=_LOWEST_GRADE,
                    most=_HIGHEST_GRADE,
                ),
                Field(
                    name="dropout_reason",
                    label=Text(vi="Lý do bỏ học", en="Why it left school"),
                    kind="choice",
                    required=True,
                    relevant=_LEFT_SCHOOL,
                    options=options.DROPOUT.options,
                ),
                Field(
                    name="is_working",
                    label=Text(vi="Trẻ có đang làm việc không?", en="Does the child work?"),
                    kind="yes_no",
                    required=True,
                    relevant=_LEFT_SCHOOL,
                ),
            ),
        ),
    ),
    columns=("schooling", "commune_id", "changed_on", "dropout_reason"),
    enters="core.child.enter",
    sees="core.child.read",
    source="programmes §2.2",
)

STATUS_FORM = Form(
    code="core.status_change",
    number="F-COR-TT",
    title=Text(vi="Thay đổi tình trạng quản lý", en="Change of status"),
    purpose=Text(
        vi="Ghi khi trẻ chuyển khỏi tỉnh, đã quá tuổi, đã mất hoặc trở lại.",
        en="Record that a child left the province, grew up, died or came back.",
    ),
    model=StatusChange,
    parts=(
        Part(
            Text(vi="Tình trạng", en="Status"),
            (
                CHILD,
                COMMUNE,
                Field(
                    name="status",
                    label=Text(vi="Tình trạng mới", en="New status"),
                    kind="choice",
                    required=True,
                    options=options.STATUS_TO.options,
                ),
                day("changed_on", "Từ ngày", "From"),
                Field(
                    name="death_cause",
                    label=Text(vi="Nguyên nhân mất", en="Cause of death"),
                    kind="choice",
                    required=True,
                    relevant=answer("status").equals("deceased"),
                    options=options.DEATH_CAUSE.options,
                ),
                Field(
                    name="destination",
                    label=Text(vi="Nơi chuyển đến", en="Where to"),
                    kind="text",
                    relevant=answer("status").equals("moved_out"),
                    max_length=200,
                ),
            ),
        ),
    ),
    columns=("status", "commune_id", "changed_on"),
    enters="core.child.enter",
    sees="core.child.read",
    source="programmes §2.2",
)

POVERTY_FORM = Form(
    code="core.poverty_year",
    number="F-COR-NG",
    title=Text(vi="Phân loại hộ theo năm", en="Poverty classification of a year"),
    purpose=Text(
        vi="Ghi kết quả rà soát hộ nghèo, hộ cận nghèo của một năm; các năm trước được giữ lại.",
        en="Record a household's classification for a year; earlier years are kept.",
    ),
    model=PovertyYear,
    parts=(
        Part(
            Text(vi="Phân loại", en="Classification"),
            (
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình", en="Household"),
                    kind="household",
                    required=True,
                ),
                COMMUNE,
                Field(
                    name="year",
                    label=Text(vi="Năm", en="Year"),
                    kind="integer",
                    required=True,
                    least=2000,
                    most=2100,
                ),
                Field(
                    name="poverty_status",
                    label=Text(vi="Phân loại hộ theo chuẩn nghèo", en="Poverty classification"),
                    kind="choice",
                    required=True,
                    options=register_options.POVERTY.options,
                ),
            ),
        ),
    ),
    columns=("year", "commune_id", "poverty_status"),
    enters="core.household.enter",
    sees="core.household.read",
    source="programmes §2.1",
)

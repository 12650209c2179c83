"""F-DRW-3: a swimming class with its list of children and what they can do at the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.plugin_api import (
    TODAY,
    Check,
    Fault,
    Field,
    Form,
    Part,
    Roster,
    Text,
    answer,
    count_of,
)
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.forms.asked import CHILDREN, COMMUNE, words
from plugins.drowning_prevention.models import SwimClass, SwimEnrolment, SwimSkill
from plugins.drowning_prevention.permissions import ENTER_CLASS, READ_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.plugin_api import Records

# "Able to swim safely": for example 25 m and 90 s afloat, [unverified] (programmes §3.2). So they
# are settings of the province, and these numbers hold where it sets none.
THRESHOLDS = {"distance_m": ("swim_min_distance_m", 25), "float_seconds": ("swim_min_float_s", 90)}
_UNITS = {
    "distance_m": Text(vi="bơi được ít nhất {least} mét", en="at least {least} metres swum"),
    "float_seconds": Text(vi="nổi được ít nhất {least} giây", en="at least {least} seconds afloat"),
}
COUNTED_FROM, COUNTED_BELOW = 6, 16

_ENDED = answer("ends_on").below(TODAY)
_TESTED = answer("result").one_of(codes.SAFE_SWIMMER, "partial", "not_yet")
_SAFE = answer("result").equals(codes.SAFE_SWIMMER)


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """The place is operating (when the class is new), nobody is in twice, who is safe proved it."""
    place = records.get("drowning_prevention.swim_facility", answers["facility_id"])
    operating = place is None or place["status"] == codes.OPERATING
    if not operating and not records.corrects:
        yield Fault(
            "facility_id",
            Text(
                vi="Nơi học này chưa hoạt động. Hãy chọn nơi đang hoạt động.",
                en="This place is not operating. Choose one that is.",
            ),
        )
    least = {
        name: records.setting(f"drowning_prevention.{setting}", default)
        for name, (setting, default) in THRESHOLDS.items()
    }
    seen = set()
    for number, row in enumerate(answers["enrolments"]):
        if row["result"] == codes.SAFE_SWIMMER:
            yield from (
                Fault(f"enrolments.{number}.{name}", _too_little(name, most))
                for name, most in least.items()
                if row[name] < most
            )
        if row["child_id"] in seen:
            yield Fault(
                f"enrolments.{number}.child_id",
                Text(vi="Trẻ này đã có trong danh sách.", en="This child is in the list already."),
            )
        seen.add(row["child_id"])


def _too_little(name: str, least: int) -> Text:
    unit = _UNITS[name].fill(least=str(least))
    return Text(vi=f"Biết bơi an toàn: {unit.vi}.", en=f"Swimming safely takes {unit.en}.")


def skills(records: Records, row: SwimClass) -> Iterator[SwimSkill]:
    """What the class changed in who swims safely; the latest result of a child counts."""
    mine = answer("swim_class_id").equals(row.id)
    for one in records.find(SwimEnrolment, mine, limit=200):
        change = _change(records, one)
        if change is not None:
            yield change


def skills_again(
    records: Records, row: SwimClass, before: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[SwimSkill]:
    """What results that were entered or corrected later change in who swims safely."""
    mine = answer("swim_class_id").equals(row.id)
    now = {one["child_id"]: one for one in records.find(SwimEnrolment, mine, limit=200)}
    was = {one["child_id"]: one for one in before["enrolments"]}
    for child in {**was, **now}:
        old, new = was.get(child), now.get(child)
        if _told(old) == _told(new):
            continue
        undone = None if old is None else _undone(records, old)
        change = None if new is None else _change(records, new, undone.step if undone else 0)
        yield from (one for one in (undone, change) if one is not None)


def _told(enrolment: Mapping[str, Any] | None) -> tuple[Any, Any]:
    return (None, None) if enrolment is None else (enrolment["result"], enrolment["test_date"])


def _undone(records: Records, enrolment: Mapping[str, Any]) -> SwimSkill | None:
    """The step that a result made, taken back from the day on which it counted."""
    mine = answer("child_id").equals(enrolment["child_id"])
    tested = enrolment["test_date"]
    made = [one for one in records.find(SwimSkill, mine) if one["tested_on"] == tested]
    step = sum(one["step"] for one in made)
    if not step:
        return None
    same = ("commune_id", "child_id", "sex", "tested_on", "from_day", "until_day")
    return SwimSkill(step=-step, **{name: made[-1][name] for name in same})


def _change(records: Records, enrolment: Mapping[str, Any], undone: int = 0) -> SwimSkill | None:
    """``undone`` is what is taken back beside it."""
    tested, result = enrolment["test_date"], enrolment["result"]
    child = records.get("core.child", enrolment["child_id"])
    if child is None or tested is None or result in {None, codes.WITHDREW}:
        return None
    until = _birthday(child["date_of_birth"], COUNTED_BELOW)
    start = max(tested, _birthday(child["date_of_birth"], COUNTED_FROM))
    if start >= until:
        return None
    known = records.find(SwimSkill, answer("child_id").equals(child["id"]), newest="tested_on")
    was = sum(one["step"] for one in known) + undone
    able = 1 if result == codes.SAFE_SWIMMER else 0
    if able == was or any(one["tested_on"] > tested for one in known):
        return None
    return SwimSkill(
        commune_id=child["commune_id"],
        child_id=child["id"],
        sex=child["sex"],
        tested_on=tested,
        from_day=start,
        until_day=until,
        step=able - was,
    )


def _birthday(born: date, age: int) -> date:
    """The day somebody turns that old; of 29 February the first of March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


ENROLMENTS = Roster(
    name="enrolments",
    title=Text(vi="Danh sách và kết quả", en="Children and results"),
    model=SwimEnrolment,
    parent="swim_class_id",
    least=1,
    most=200,
    fields=(
        Field(name="child_id", label=Text(vi="Trẻ em", en="Child"), kind="child", required=True),
        Field(
            name="sex",
            label=Text(vi="Giới tính", en="Sex"),
            kind="choice",
            options=codes.SEXES,
            required=True,
        ),
        Field(
            name="age",
            label=Text(vi="Tuổi", en="Age"),
            kind="integer",
            required=True,
            least=0,
            most=17,
            suffix=Text(vi="tuổi", en="years"),
        ),
        Field(
            name="attended",
            label=Text(vi="Số buổi tham gia", en="Lessons attended"),
            kind="integer",
            least=0,
            most=100,
        ),
        Field(
            name="result",
            label=Text(vi="Kết quả", en="Result"),
            kind="choice",
            options=codes.SWIM_RESULTS,
            required=_ENDED,
        ),
        Field(
            name="test_date",
            label=Text(vi="Ngày kiểm tra", en="Tested on"),
            kind="date",
            required=_TESTED,
            relevant=_TESTED,
            not_future=True,
            checks=(
                Check(
                    answer("test_date").at_least(answer("starts_on")),
                    Text(
                        vi="Ngày kiểm tra không được trước ngày khai giảng.",
                        en="The test cannot come before the class.",
                    ),
                ),
            ),
        ),
        Field(
            name="distance_m",
            label=Text(vi="Quãng đường bơi", en="Distance swum"),
            kind="integer",
            required=_SAFE,
            relevant=_TESTED,
            least=0,
            most=5000,
            suffix=Text(vi="mét", en="metres"),
        ),
        Field(
            name="float_seconds",
            label=Text(vi="Thời gian nổi", en="Time afloat"),
            kind="integer",
            required=_SAFE,
            relevant=_TESTED,
            least=0,
            most=7200,
            suffix=Text(vi="giây", en="seconds"),
        ),
    ),
)

SWIM_CLASS = Form(
    code="drowning_prevention.swim_class",
    number="F-DRW-3",
    title=Text(vi="Phiếu lớp dạy bơi", en="Swimming class"),
    purpose=Text(
        vi="Ghi nhận lớp dạy bơi an toàn, danh sách trẻ em và kết quả kiểm tra, để biết trẻ nào đã "
        "biết bơi an toàn.",
        en="Records a class of safe swimming, its children and their test, to know who swims "
        "safely.",
    ),
    model=SwimClass,
    parts=(
        Part(
            Text(vi="Lớp dạy bơi", en="The class"),
            (
                COMMUNE,
                Field(
                    name="facility_id",
                    label=Text(vi="Nơi học", en="Place"),
                    kind="record",
                    of="drowning_prevention.swim_facility",
                    required=True,
                    fixed=True,
                ),
                Field(
                    name="organiser",
                    label=Text(vi="Đơn vị tổ chức", en="Organiser"),
                    kind="choice",
                    options=codes.ORGANISERS,
                    required=True,
                ),
                Field(
                    name="starts_on",
                    label=Text(vi="Ngày khai giảng", en="Starts on"),
                    kind="date",
                    required=True,
                ),
                Field(
                    name="ends_on",
                    label=Text(vi="Ngày kết thúc", en="Ends on"),
                    kind="date",
                    required=True,
                    checks=(
                        Check(
                            answer("ends_on").at_least(answer("starts_on")),
                            Text(
                                vi="Ngày kết thúc không được trước ngày khai giảng.",
                                en="It cannot end before it starts.",
                            ),
                        ),
                    ),
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
                    name="lessons_planned",
                    label=Text(vi="Số buổi học", en="Lessons planned"),
                    kind="integer",
                    least=1,
                    most=100,
                ),
                words("instructor", "Người dạy", "Instructor", required=False),
                words("funding_source", "Nguồn kinh phí", "Source of the money", required=False),
            ),
        ),
    ),
    rosters=(ENROLMENTS,),
    columns=("starts_on", "commune_id", "organiser", "places", "ends_on"),
    enters=ENTER_CLASS,
    sees=READ_CLASS,
    verify=verify,
    makes=skills,
    remakes=skills_again,
    editable=True,
    source="Domain page of the programmes, §3.3 F-DRW-3",
)

"""F-SMP-2: a cooking class with its learners, and what it looks up in other records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.plugin_api import (
    Check,
    Fault,
    Field,
    Form,
    Offer,
    Option,
    Part,
    Roster,
    Text,
    answer,
    count_of,
)
from sample_meals.models import ClassLearner, CookingClass
from sample_meals.permissions import ENTER, READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api import Records

ROUND = "sample_meals.meal_round"


def one_class_at_a_time(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """One code is one class. Each child is in a class once."""
    same = answer("class_code").equals(answers["class_code"])
    if records.count("sample_meals.cooking_class", same):
        yield Fault("class_code", Text(vi="Mã lớp này đã có.", en="There is such a class."))
    children = [row["child_id"] for row in answers["learners"]]
    for number, child in enumerate(children):
        if child is not None and child in children[:number]:
            yield Fault(
                f"learners.{number}.child_id",
                Text(vi="Trẻ này đã có ở dòng trên.", en="This child stands above."),
            )


def as_many_as_ate(records: Records, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """As many places as children came to the meal."""
    found = records.get(ROUND, answers["round_id"])
    return {} if found is None else {"places": found["children"], "begins_on": found["held_on"]}


# The declaration that docs/plugins/forms.md shows; a test compares the two and counts its lines.
RESULT = Text("Kết quả", "Result")
RESULTS = (Option("passed", Text("Đạt", "Passed")), Option("no", Text("Chưa đạt", "Not yet")))
ENDED = answer("ends_on").answered()
FIT = Check(count_of("learners").at_most(answer("places")), Text("Không đủ chỗ.", "Too few."))
LEARNERS = Roster(
    name="learners",
    title=Text("Danh sách trẻ em", "Learners"),
    model=ClassLearner,
    parent="class_id",
    fields=(
        Field(name="child_id", label=Text("Trẻ em", "Child"), kind="child"),
        Field(name="age", label=Text("Tuổi", "Age"), kind="integer", required=True, most=17),
        Field(name="result", label=RESULT, kind="choice", required=ENDED, options=RESULTS),
    ),
    least=1,
)
FIELDS = (
    Field(name="class_code", label=Text("Mã lớp", "Code"), kind="text", required=True),
    Field(name="commune_id", label=Text("Xã", "Commune"), kind="commune", required=True),
    Field(name="hamlet_id", label=Text("Khóm, ấp, thôn, bản", "Hamlet"), kind="hamlet"),
    Field(name="round_id", label=Text("Bữa ăn", "Meal"), kind="record", of=ROUND),
    Field(name="begins_on", label=Text("Từ ngày", "From"), kind="date", required=True),
    Field(name="ends_on", label=Text("Đến ngày", "To"), kind="date", least=answer("begins_on")),
    Field(name="places", label=Text("Chỗ", "Seats"), kind="integer", required=True, checks=(FIT,)),
    Field(name="rice_kg", label=Text("Gạo (kg)", "Rice (kg)"), kind="decimal", places=1, least=0),
    Field(name="note", label=Text("Lưu ý", "Note"), kind="textarea"),
)
COOKING_CLASS = Form(
    code="sample_meals.cooking_class",
    number="F-SMP-2",
    title=Text("Lớp học nấu ăn", "Cooking class"),
    purpose=Text("Ghi một lớp và các em tham gia.", "Records a class and its learners."),
    model=CookingClass,
    parts=(Part(Text("Lớp học", "The class"), FIELDS),),
    rosters=(LEARNERS,),
    columns=("class_code", "commune_id", "begins_on", "places"),
    code_column="class_code",
    enters=ENTER,
    sees=READ,
)
# end

COOKING_CLASS_WITH_RULES = replace(
    COOKING_CLASS,
    editable=True,
    verify=one_class_at_a_time,
    prefill=as_many_as_ate,
    offers=(
        Offer(
            form=ROUND,
            label=Text(vi="Ghi bữa ăn của lớp", en="Record its meal"),
            when=answer("round_id").equals(None),
            carry={"commune_id": "commune_id", "held_on": "begins_on"},
        ),
    ),
)

"""F-SMP-1: one meal at one place. Six fields and two rules."""

from __future__ import annotations

from core.plugin_api import Check, Field, Form, Option, Part, Text, answer
from sample_meals.models import MealRound
from sample_meals.permissions import ENTER, READ

PLACES = (
    Option("kindergarten", Text(vi="Trường mầm non", en="Kindergarten")),
    Option("school", Text(vi="Trường phổ thông", en="School")),
    Option("community", Text(vi="Nhà văn hoá, điểm sinh hoạt", en="Community house")),
)
SHORTAGES = (
    Option("supplies", Text(vi="Thiếu thực phẩm", en="Not enough food")),
    Option("weather", Text(vi="Mưa bão, lũ lụt", en="Storm or flood")),
    Option("other", Text(vi="Lý do khác", en="Another reason")),
)

# Rule one: a reason is asked for, and needed, when there were fewer meals than children.
_TOO_FEW = answer("meals").below(answer("children"))
# Rule two: no more meals than children, or one of the two was mistyped.
_AT_MOST_ONE_EACH = answer("meals").at_most(answer("children"))

MEAL_ROUND = Form(
    code="sample_meals.meal_round",
    number="F-SMP-1",
    title=Text(vi="Phiếu ghi bữa ăn của trẻ em", en="Meal round"),
    purpose=Text(
        vi="Ghi mỗi bữa ăn tại một điểm để biết nơi nào còn thiếu. Phiếu mẫu, dữ liệu tạo tự động.",
        en="Records one meal at one place, to know where meals are short. A sample form.",
    ),
    model=MealRound,
    parts=(
        Part(
            Text(vi="Thời gian, địa điểm", en="When and where"),
            (
                Field(
                    name="held_on",
                    label=Text(vi="Ngày tổ chức", en="Day"),
                    kind="date",
                    required=True,
                    not_future=True,
                ),
                Field(
                    name="commune_id",
                    label=Text(vi="Xã, phường, thị trấn", en="Commune"),
                    kind="commune",
                    required=True,
                ),
                Field(
                    name="place",
                    label=Text(vi="Địa điểm", en="Place"),
                    kind="choice",
                    options=PLACES,
                    required=True,
                ),
            ),
        ),
        Part(
            Text(vi="Số lượng", en="How many"),
            (
                Field(
                    name="children",
                    label=Text(vi="Số trẻ em có mặt", en="Children present"),
                    kind="integer",
                    required=True,
                    least=1,
                    most=2000,
                ),
                Field(
                    name="meals",
                    label=Text(vi="Số suất ăn đã phát", en="Meals served"),
                    kind="integer",
                    required=True,
                    least=0,
                    checks=(
                        Check(
                            _AT_MOST_ONE_EACH,
                            Text(
                                vi="Số suất ăn nhiều hơn số trẻ em có mặt. Hãy xem lại hai số này.",
                                en="More meals than children. Check both numbers.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="shortage",
                    label=Text(vi="Lý do thiếu suất ăn", en="Why meals were short"),
                    kind="choice",
                    options=SHORTAGES,
                    required=_TOO_FEW,
                    relevant=_TOO_FEW,
                ),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "place", "children", "meals"),
    enters=ENTER,
    sees=READ,
)

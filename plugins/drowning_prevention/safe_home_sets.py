"""The sets of criteria of the Safe Home (Ngôi nhà an toàn), as data.

A set is replaced by decision: add one with its version and first day, and never alter one by
which homes were judged. A set of other codes takes a new version of form F-DRW-2.

Source: Decision 548/QĐ-LĐTBXH of 6 May 2011: 33 criteria in six groups, 15 of them mandatory; read
through the domain page of the programmes, §3.2 (2026), not from the decision itself. Eighteen
criteria are confirmed there, six of them as mandatory. The wording of the others is to be
completed from the decision, and the form says so; which nine more are mandatory is [unverified].
``may_not_apply``: a home without stairs has none to secure; such an answer counts as met
(design, [unverified]).
"""

from __future__ import annotations

from datetime import date

from core.plugin_api import Option, Text
from plugins.drowning_prevention.criteria import CriteriaSet, Item

SET_2011 = CriteriaSet(
    version="548_2011_v1",
    name=Text(vi="Quyết định 548/QĐ-LĐTBXH (2011)", en="Decision 548/QĐ-LĐTBXH (2011)"),
    legal_document="QD548_2011",
    first_day=date(2011, 5, 6),
    pass_total=23,
    pass_mandatory=15,
    groups={
        "surroundings": Text(vi="Xung quanh ngôi nhà", en="Around the house"),
        "rooms": Text(vi="Trong nhà: cửa, phòng, bếp", en="Inside: doors, rooms, kitchen"),
        "electricity": Text(vi="Điện", en="Electricity"),
        "stairs": Text(vi="Cầu thang", en="Stairs"),
        "household_items": Text(vi="Đồ dùng trong nhà", en="Household items"),
        "to_complete": Text(
            vi="Tiêu chí chờ bổ sung nội dung", en="Criteria whose text is to be completed"
        ),
    },
    items=(
        Item(
            "item_01",
            "surroundings",
            "unknown",
            Text(vi="Có cổng và hàng rào", en="Gate and fence"),
        ),
        Item(
            "item_02",
            "surroundings",
            "unknown",
            Text(vi="Lối đi và sân không trơn trượt", en="Path and yard are not slippery"),
        ),
        Item(
            "item_03",
            "surroundings",
            "unknown",
            Text(vi="Nền nhà cao có bậc lên xuống an toàn", en="A high floor has safe steps"),
            may_not_apply=True,
        ),
        Item(
            "item_04",
            "surroundings",
            "yes",
            Text(
                vi="Ao, hố nước, hố vôi, cống rãnh được rào chắn",
                en="Ponds, water holes, lime pits and drains are fenced",
            ),
        ),
        Item(
            "item_05",
            "surroundings",
            "yes",
            Text(
                vi="Giếng, bể, lu, chum chứa nước có nắp đậy chắc chắn",
                en="Wells, tanks and jars are covered",
            ),
        ),
        Item(
            "item_06",
            "surroundings",
            "unknown",
            Text(vi="Cây cối, bụi rậm quanh nhà được phát quang", en="Vegetation is cleared"),
        ),
        Item(
            "item_07",
            "surroundings",
            "unknown",
            Text(vi="Vật nuôi được nhốt, xích an toàn", en="Animals are kept safely"),
            may_not_apply=True,
        ),
        Item(
            "item_08",
            "surroundings",
            "yes",
            Text(
                vi="Vật sắc nhọn, vật nguy hiểm được cất giữ ngoài tầm với của trẻ",
                en="Dangerous objects are stored out of reach",
            ),
        ),
        Item("item_09", "rooms", "yes", Text(vi="Cửa sổ có chấn song", en="Windows have bars")),
        Item(
            "item_10", "rooms", "unknown", Text(vi="Cửa ra vào có móc giữ", en="Doors have hooks")
        ),
        Item(
            "item_11",
            "rooms",
            "unknown",
            Text(vi="Cửa có vật chặn, chống kẹp tay", en="Doors have stops"),
        ),
        Item(
            "item_12",
            "rooms",
            "yes",
            Text(
                vi="Bếp tách riêng, có cửa chắn khóa được",
                en="The kitchen is separate and has a lockable gate",
            ),
        ),
        Item(
            "item_13",
            "electricity",
            "yes",
            Text(
                vi="Dây điện đi ngầm hoặc có ống bọc, trẻ không với tới",
                en="Wiring is concealed or out of reach",
            ),
        ),
        Item(
            "item_14",
            "stairs",
            "unknown",
            Text(vi="Cầu thang có tay vịn, lan can", en="Stairs have a rail"),
            may_not_apply=True,
        ),
        Item(
            "item_15",
            "stairs",
            "unknown",
            Text(vi="Bậc cầu thang chắc chắn, không trơn", en="Steps of the stairs are sound"),
            may_not_apply=True,
        ),
        Item(
            "item_16",
            "household_items",
            "unknown",
            Text(
                vi="Phích nước nóng để ngoài tầm với của trẻ dưới 6 tuổi",
                en="Thermos out of reach of children under 6",
            ),
        ),
        Item(
            "item_17",
            "household_items",
            "unknown",
            Text(
                vi="Đèn dầu để ngoài tầm với của trẻ dưới 6 tuổi",
                en="Lamps out of reach of children under 6",
            ),
        ),
        Item(
            "item_18",
            "household_items",
            "unknown",
            Text(
                vi="Diêm, bật lửa để ngoài tầm với của trẻ dưới 6 tuổi",
                en="Lighters out of reach of children under 6",
            ),
        ),
        *(Item(f"item_{number}", "to_complete", "unknown") for number in range(19, 34)),
    ),
)
SETS = (SET_2011,)


def set_options() -> tuple[Option, ...]:
    """All sets by what people call them."""
    return tuple(Option(one.version, one.name) for one in SETS)


def criteria_on(day: date) -> CriteriaSet:
    """The set in force on a day; before the first day the first one."""
    there = [one for one in SETS if one.first_day <= day]
    return max(there, key=lambda one: one.first_day, default=SETS[0])

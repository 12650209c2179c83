"""F-DRW-2: the checklist of the Safe Home, one question for each criterion of the set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import TODAY, Check, Fault, Field, Form, Part, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.criteria import ITEM_CODES
from plugins.drowning_prevention.forms.asked import COMMUNE, day
from plugins.drowning_prevention.models import ChildInjuryIncident, SafeHomeAssessment
from plugins.drowning_prevention.permissions import ENTER_HOME, READ_HOME
from plugins.drowning_prevention.safe_home_sets import SETS, criteria_on, set_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records
    from plugins.drowning_prevention.criteria import CriteriaSet, Item

# The set that the questions are taken from; every set so far has these codes.
ASKED = SETS[-1]
_PASS_OR_FAIL = codes.ANSWERS[:2]


def judged(answers: Mapping[str, Any], criteria: CriteriaSet) -> tuple[int, bool]:
    """The criteria met, and whether the home passes.

    What does not apply counts as met. Source: Decision 548/QĐ-LĐTBXH as the domain page of the
    programmes has it (§3.2): at least 23 of 33, all 15 mandatory ones, no child injured at home.
    """
    score = sum(answers[code] != codes.FAIL for code in ITEM_CODES)
    passed = (
        score >= criteria.pass_total
        and answers["mandatory_passed"] >= criteria.pass_mandatory
        and all(answers[code] != codes.FAIL for code in criteria.known_mandatory)
        and not answers["injury_at_home_in_year"]
    )
    return score, passed


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The set in force, the score and the result."""
    criteria = criteria_on(answers["assessed_on"])
    score, passed = judged(answers, criteria)
    return {
        "year": answers["assessed_on"].year,
        "criteria_set": criteria.version,
        "score": score,
        "result": codes.PASS if passed else codes.FAIL,
    }


def prefill(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a child of the household was hurt at home in the year, as far as was notified."""
    household, day = answers.get("household_id"), answers.get("assessed_on")
    if household is None or day is None:
        return {}
    children = records.find("core.child", answer("household_id").equals(household))
    if not children:
        return {}
    hurt = (
        answer("child_id").one_of(*(child["id"] for child in children))
        & answer("place_type").equals("home")
        & answer("occurred_on").at_least(day.replace(month=1, day=1))
        & answer("occurred_on").at_most(day)
    )
    return {"injury_at_home_in_year": records.count(ChildInjuryIncident, hurt) > 0}


def verify(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """A household with a child, judged once a year; one that fails gets advice and a day."""
    household = answers["household_id"]
    if not records.count("core.child", answer("household_id").equals(household)):
        yield Fault(
            "household_id",
            Text(
                vi="Hộ này không có trẻ em trong sổ quản lý.",
                en="No child of this household is in the register.",
            ),
        )
    same = answer("household_id").equals(household) & answer("year").equals(answers["year"])
    if records.count(SAFE_HOME.code, same):
        yield Fault(
            "household_id",
            Text(
                vi="Hộ này đã có phiếu đánh giá của năm.",
                en="This household has its checklist for the year already.",
            ),
        )
    criteria = criteria_on(answers["assessed_on"])
    failed = sum(answers[code] == codes.FAIL for code in criteria.known_mandatory)
    if answers["mandatory_passed"] > criteria.pass_mandatory - failed:
        yield Fault(
            "mandatory_passed",
            Text(
                vi=f"Phiếu có {failed} tiêu chí bắt buộc không đạt, nên số này nhiều nhất là "
                f"{criteria.pass_mandatory - failed}.",
                en=f"{failed} mandatory criteria failed, so this is at most "
                f"{criteria.pass_mandatory - failed}.",
            ),
        )
    if answers["result"] == codes.FAIL:
        missing = Text(
            vi="Ngôi nhà chưa đạt: hãy ghi khuyến nghị và ngày kiểm tra lại.",
            en="The home does not pass: give advice and a day to check again.",
        )
        yield from (Fault(name, missing) for name in ("advice", "recheck_on") if not answers[name])


def _label(number: int, item: Item) -> Text:
    text = item.text or Text(
        vi="nội dung chờ bổ sung, xem Quyết định 548/QĐ-LĐTBXH",
        en="text to be completed, see Decision 548/QĐ-LĐTBXH",
    )
    if item.mandatory == "yes":
        text = Text(vi=f"{text.vi} (bắt buộc)", en=f"{text.en} (mandatory)")
    return Text(vi=f"{number}. {text.vi}", en=f"{number}. {text.en}")


def _question(number: int, item: Item) -> Field:
    return Field(
        name=item.code,
        label=_label(number, item),
        kind="choice",
        options=codes.ANSWERS if item.may_not_apply else _PASS_OR_FAIL,
        required=True,
    )


def _groups(criteria: CriteriaSet) -> Iterator[Part]:
    for code, title in criteria.groups.items():
        fields = tuple(
            _question(number, item)
            for number, item in enumerate(criteria.items, 1)
            if item.group == code
        )
        yield Part(title, fields)


SAFE_HOME = Form(
    code="drowning_prevention.safe_home",
    number="F-DRW-2",
    title=Text(vi="Phiếu đánh giá Ngôi nhà an toàn", en="Safe Home checklist"),
    purpose=Text(
        vi="Đánh giá ngôi nhà của hộ có trẻ em theo 33 tiêu chí, để gia đình biết việc cần sửa và "
        "địa phương biết hộ nào đã đạt. Mỗi hộ một phiếu trong năm.",
        en="Judges the home of a household with children by 33 criteria, so that the family "
        "knows what to mend and the commune which homes pass. One for each household and year.",
    ),
    model=SafeHomeAssessment,
    parts=(
        Part(
            Text(vi="Hộ gia đình", en="Household"),
            (
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình", en="Household"),
                    kind="household",
                    required=True,
                    help=Text(
                        vi="Hộ có ít nhất một trẻ em. Tìm theo mã hộ.",
                        en="A household with at least one child. Look up by its code.",
                    ),
                ),
                COMMUNE,
                day("assessed_on", "Ngày đánh giá", "Assessed on"),
            ),
        ),
        *_groups(ASKED),
        Part(
            Text(vi="Kết luận", en="Conclusion"),
            (
                Field(
                    name="mandatory_passed",
                    label=Text(
                        vi="Số tiêu chí bắt buộc đạt yêu cầu", en="Mandatory criteria that are met"
                    ),
                    kind="integer",
                    required=True,
                    least=0,
                    most=ASKED.pass_mandatory,
                    suffix=Text(vi="/15 tiêu chí", en="of 15"),
                    help=Text(
                        vi="Đếm theo Quyết định 548/QĐ-LĐTBXH cho đến khi nội dung các tiêu chí "
                        "còn lại được bổ sung vào phiếu.",
                        en="Counted by Decision 548/QĐ-LĐTBXH until the text of the other criteria "
                        "is completed here.",
                    ),
                ),
                Field(
                    name="injury_at_home_in_year",
                    label=Text(
                        vi="Trong năm có trẻ bị tai nạn tại nhà",
                        en="A child was injured at home during the year",
                    ),
                    kind="yes_no",
                    required=True,
                    help=Text(
                        vi="Nếu có, kết quả là chưa đạt dù đủ điểm.",
                        en="If so, the home does not pass whatever its score.",
                    ),
                ),
                Field(
                    name="advice",
                    label=Text(vi="Khuyến nghị với gia đình", en="Advice to the family"),
                    kind="textarea",
                    max_length=1000,
                ),
                Field(
                    name="recheck_on",
                    label=Text(vi="Ngày kiểm tra lại", en="Check again on"),
                    kind="date",
                    checks=(
                        Check(
                            answer("recheck_on").above(TODAY),
                            Text(
                                vi="Ngày kiểm tra lại phải sau hôm nay.",
                                en="It must be checked again after today.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="year",
                    label=Text(vi="Năm", en="Year"),
                    kind="integer",
                    computed=True,
                ),
                Field(
                    name="criteria_set",
                    label=Text(vi="Bộ tiêu chí", en="Set of criteria"),
                    kind="choice",
                    options=set_options(),
                    computed=True,
                ),
                Field(
                    name="score",
                    label=Text(vi="Số tiêu chí đạt", en="Criteria met"),
                    kind="integer",
                    computed=True,
                ),
                Field(
                    name="result",
                    label=Text(vi="Kết quả", en="Result"),
                    kind="choice",
                    options=codes.RESULTS,
                    computed=True,
                ),
            ),
        ),
    ),
    columns=("assessed_on", "commune_id", "score", "result"),
    enters=ENTER_HOME,
    sees=READ_HOME,
    compute=compute,
    verify=verify,
    prefill=prefill,
    source="Domain page of the programmes, §3.3 F-DRW-2; Decision 548/QĐ-LĐTBXH",
)

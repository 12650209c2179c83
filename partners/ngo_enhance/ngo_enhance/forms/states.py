"""F-ENH-2: how a child works, learns and lives at the baseline and at the endline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Field, Form, Part, Text, answer
from ngo_enhance import codes
from ngo_enhance.forms.asked import CHILD, COMMUNE, VND, choice, day, of_beneficiary
from ngo_enhance.models import BeneficiaryState, Outcome
from ngo_enhance.permissions import ENTER_SERVICE, READ_SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records


def verify_state(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """Each stage once; an endline needs a baseline before it."""
    yield from of_beneficiary(records, answers, "seen_on")
    mine = answer("child_id").equals(answers["child_id"])
    if records.count(STATE.code, mine & answer("stage").equals(answers["stage"])):
        yield Fault(
            "stage", Text(vi="Trẻ này đã có phiếu của kỳ này.", en="This child has this one.")
        )
    if answers["stage"] != codes.ENDLINE:
        return
    before = records.find(STATE.code, mine & answer("stage").equals(codes.BASELINE), limit=1)
    if not before:
        yield Fault(
            "stage",
            Text(vi="Cần có phiếu đầu kỳ trước.", en="There must be a baseline first."),
        )
    elif answers["seen_on"] < before[0]["seen_on"]:
        yield Fault(
            "seen_on",
            Text(vi="Ngày này trước phiếu đầu kỳ.", en="This day comes before the baseline."),
        )


def outcome(records: Records, row: BeneficiaryState) -> Iterator[Outcome]:
    """What the endline shows beside the baseline; nothing where the writer may not see that.

    Works no more: withdrawn. Works on, with fewer hazards than before or none: reduced.
    """
    if row.stage != codes.ENDLINE:
        return
    mine = answer("child_id").equals(row.child_id)
    before = records.find(BeneficiaryState, mine & answer("stage").equals(codes.BASELINE), limit=1)
    if not before or before[0]["hours_per_week"] is None or before[0]["hazards"] is None:
        return
    kind = outcome_of(
        before[0]["hours_per_week"], len(before[0]["hazards"]), row.hours_per_week, len(row.hazards)
    )
    if kind is not None:
        yield Outcome(child_id=row.child_id, kind=kind, day=row.seen_on)


def outcome_of(
    hours_before: int, hazards_before: int, hours_after: int, hazards_after: int
) -> str | None:
    """Hours of work in a week and numbers of hazards, before and after."""
    if hours_before > 0 and hours_after == 0:
        return codes.WITHDRAWN
    return codes.REDUCED if hazards_after < hazards_before else None


STATE = Form(
    code="ngo_enhance.state",
    number="F-ENH-2",
    title=Text(vi="Phiếu đầu kỳ, cuối kỳ", en="Baseline and endline"),
    purpose=Text(
        vi="Ghi giờ làm, yếu tố nguy hại, việc học và thu nhập của hộ khi bắt đầu và khi kết thúc.",
        en="Records hours, hazards, school and the family's income at the start and at the end.",
    ),
    model=BeneficiaryState,
    parts=(
        Part(
            Text(vi="Trẻ em", en="Child"),
            (
                CHILD,
                COMMUNE,
                choice("stage", "Kỳ", "Stage", codes.STAGES),
                day("seen_on", "Ngày ghi nhận", "Seen on"),
            ),
        ),
        Part(
            Text(vi="Làm việc, học tập, thu nhập", en="Work, school, income"),
            (
                Field(
                    name="hours_per_week",
                    label=Text(vi="Số giờ làm trong một tuần", en="Hours of work in a week"),
                    kind="integer",
                    required=True,
                    least=0,
                    most=112,
                    suffix=Text(vi="giờ", en="hours"),
                    help=Text(vi="Ghi 0 nếu trẻ không làm việc.", en="0 if it does not work."),
                ),
                Field(
                    name="hazards",
                    label=Text(vi="Yếu tố nguy hại", en="Hazards"),
                    kind="choices",
                    options=codes.HAZARDS,
                ),
                Field(
                    name="in_school",
                    label=Text(vi="Trẻ đang đi học", en="The child goes to school"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="household_income_vnd",
                    label=Text(vi="Thu nhập của hộ trong một tháng", en="The family's income"),
                    kind="integer",
                    least=0,
                    suffix=VND,
                ),
                Field(
                    name="livelihood_plan",
                    label=Text(vi="Kế hoạch sinh kế của hộ", en="Livelihood plan of the family"),
                    kind="textarea",
                    max_length=1000,
                ),
            ),
        ),
    ),
    columns=("stage", "commune_id", "seen_on"),
    enters=ENTER_SERVICE,
    sees=READ_SERVICE,
    verify=verify_state,
    makes=outcome,
    source="Domain page of the programmes, §8 F-ENH-2",
)

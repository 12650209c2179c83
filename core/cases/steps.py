"""The steps of a case as data: from which state, to which, who may, what must be so before.

Source: Decree 56/2017/ND-CP, chapter III; domain page of the programmes, §2.4, §5.4.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.cases import clocks, effects, guards
from core.cases.models import READ, CaseTransition
from core.cases.options import CONCLUSION
from core.cases.papers.assessments import (
    CONFERENCE_FORM,
    DETAILED_FORM,
    EMERGENCY_FORM,
    INITIAL_FORM,
)
from core.cases.papers.fields import delay_reason, narrative
from core.cases.papers.models import APPROVE, WORK
from core.cases.papers.plans import DECISION_FORM, PLAN_FORM, REVIEW_FORM, SERVICE_FORM
from core.cases.states import ENDED, NAMES, OPEN, State
from core.kit.language import Text
from core.plugin_api.forms import Form, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime
    from typing import Any

    from core.cases.guards import Facts, Guard
    from core.cases.models import Case

    Effect = Callable[[Case, Any, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; ``leads_to`` is ``None`` when the case stays where it is.

    ``clock`` names the deadline that the step answers: late, it asks for a reason. ``moment`` is
    the answer that says when it was done, if that is not the moment of entry. ``review_day`` sets
    when the plan is reviewed next.
    """

    code: str
    form: Form
    begins: frozenset[State]
    leads_to: State | None = None
    guards: tuple[Guard, ...] = ()
    clock: str | None = None
    moment: str | None = None
    effect: Effect = effects.nothing
    review_day: Callable[[Facts], date | None] | None = None

    @property
    def permission(self) -> str:
        """What it takes to enter its form."""
        return self.form.enters


def _action(
    code: str, title: Text, purpose: Text, permission: str, *, why: bool, late: bool = False
) -> Form:
    """A step without a paper of its own: a reason, and why it is late."""
    reason = narrative("reason", "Lý do", "Reason", required=why)
    return Form(
        code=f"core.case_{code}",
        number="",
        title=title,
        purpose=purpose,
        model=CaseTransition,
        parts=(Part(Text(vi="Xác nhận", en="Confirm"), (reason, *((delay_reason(),) * late))),),
        columns=(),
        enters=permission,
        sees=READ,
    )


_BEFORE_PLAN = frozenset({State.INITIAL_ASSESSED, State.EMERGENCY, State.DETAILED_ASSESSED})
_HAS_PLAN = frozenset({State.DETAILED_ASSESSED, State.IN_PROGRESS})

_ALL = (
    Step(
        code="assess_initially",
        form=INITIAL_FORM,
        begins=frozenset({State.RECEIVED, State.REOPENED}),
        leads_to=State.INITIAL_ASSESSED,
        effect=effects.initial_assessed,
    ),
    Step(
        code="screen_out",
        form=_action(
            "screen_out",
            Text(vi="Không thụ lý", en="Screen out"),
            Text(
                vi="Thông tin không đúng hoặc không thuộc phạm vi bảo vệ trẻ em. Ghi rõ lý do.",
                en="The information is not true or no matter of child protection. Say why.",
            ),
            APPROVE,
            why=True,
        ),
        begins=frozenset({State.RECEIVED, State.INITIAL_ASSESSED}),
        leads_to=State.SCREENED_OUT,
        guards=(guards.emergency_answered,),
        effect=effects.ended,
    ),
    Step(
        code="take_emergency_measures",
        form=EMERGENCY_FORM,
        begins=frozenset({State.INITIAL_ASSESSED}),
        leads_to=State.EMERGENCY,
        clock=clocks.EMERGENCY,
        moment="started_at",
        effect=effects.emergency_taken,
    ),
    Step(
        code="add_emergency_measures",
        form=EMERGENCY_FORM,
        begins=OPEN - {State.RECEIVED, State.INITIAL_ASSESSED},
        moment="started_at",
        effect=effects.emergency_taken,
    ),
    Step(
        code="assess_in_detail",
        form=DETAILED_FORM,
        begins=frozenset({State.INITIAL_ASSESSED, State.EMERGENCY}),
        leads_to=State.DETAILED_ASSESSED,
        guards=(guards.emergency_answered,),
        effect=effects.detailed_assessed,
    ),
    Step(code="hold_conference", form=CONFERENCE_FORM, begins=OPEN - {State.RECEIVED}),
    Step(
        code="write_plan",
        form=PLAN_FORM,
        begins=frozenset({State.DETAILED_ASSESSED}),
    ),
    Step(
        code="add_service",
        form=SERVICE_FORM,
        begins=_HAS_PLAN,
        guards=(guards.plan_written,),
    ),
    Step(
        code="submit_plan",
        form=_action(
            "submit_plan",
            Text(vi="Trình kế hoạch", en="Submit the plan"),
            Text(
                vi="Trình Chủ tịch UBND cấp xã hồ sơ, dự thảo quyết định và kế hoạch.",
                en="Submit the dossier, the draft decision and the plan to the chair.",
            ),
            WORK,
            why=False,
            late=True,
        ),
        begins=frozenset({State.DETAILED_ASSESSED}),
        leads_to=State.PLAN_SUBMITTED,
        guards=(guards.conference_held, guards.plan_written, guards.services_planned),
        clock=clocks.PLAN_DRAFT,
        effect=effects.plan_submitted,
    ),
    Step(
        code="approve_plan",
        form=DECISION_FORM,
        begins=frozenset({State.PLAN_SUBMITTED}),
        leads_to=State.PLAN_APPROVED,
        guards=(guards.not_the_plans_author,),
        clock=clocks.PLAN_APPROVAL,
        effect=effects.plan_approved,
        review_day=lambda facts: facts.plan_review_on,
    ),
    Step(
        code="return_plan",
        form=_action(
            "return_plan",
            Text(vi="Trả lại kế hoạch", en="Return the plan"),
            Text(
                vi="Trả lại để sửa; ghi rõ điều cần sửa.",
                en="Return it to be changed; say what.",
            ),
            APPROVE,
            why=True,
        ),
        begins=frozenset({State.PLAN_SUBMITTED}),
        leads_to=State.DETAILED_ASSESSED,
        guards=(guards.not_the_plans_author,),
        effect=effects.plan_returned,
    ),
    Step(
        code="start",
        form=_action(
            "start",
            Text(vi="Bắt đầu thực hiện kế hoạch", en="Begin the plan"),
            Text(
                vi="Kế hoạch đã duyệt được giao cho người và nơi thực hiện.",
                en="The approved plan is handed to those who carry it out.",
            ),
            WORK,
            why=False,
        ),
        begins=frozenset({State.PLAN_APPROVED}),
        leads_to=State.IN_PROGRESS,
    ),
    Step(
        code="review",
        form=REVIEW_FORM,
        begins=frozenset({State.IN_PROGRESS}),
        leads_to=State.UNDER_REVIEW,
    ),
    Step(
        code="close",
        form=_action(
            "close",
            Text(vi="Xác nhận kết thúc", en="Confirm the closing"),
            Text(
                vi="Người thứ hai xác nhận kết luận rà soát. Các chuyển gửi kết thúc theo.",
                en="A second person confirms the review. Referrals end with the case.",
            ),
            APPROVE,
            why=False,
        ),
        begins=frozenset({State.UNDER_REVIEW}),
        leads_to=State.CLOSED,
        guards=(guards.second_person, guards.concluded("close", CONCLUSION.name("close"))),
        effect=effects.ended,
    ),
    Step(
        code="go_on",
        form=_action(
            "go_on",
            Text(vi="Tiếp tục kế hoạch", en="Go on with the plan"),
            Text(
                vi="Kế hoạch được tiếp tục đến lần rà soát sau.",
                en="The plan goes on until the next review.",
            ),
            APPROVE,
            why=False,
        ),
        begins=frozenset({State.UNDER_REVIEW}),
        leads_to=State.IN_PROGRESS,
        guards=(guards.second_person, guards.concluded("continue", CONCLUSION.name("continue"))),
        review_day=lambda facts: facts.next_review_on,
    ),
    Step(
        code="plan_again",
        form=_action(
            "plan_again",
            Text(vi="Lập kế hoạch mới", en="Make a new plan"),
            Text(
                vi="Kế hoạch cũ không còn phù hợp; thời hạn lập kế hoạch tính lại từ hôm nay.",
                en="The old plan does not fit any more; its deadlines begin anew today.",
            ),
            APPROVE,
            why=False,
        ),
        begins=frozenset({State.UNDER_REVIEW}),
        leads_to=State.DETAILED_ASSESSED,
        guards=(guards.second_person, guards.concluded("new_plan", CONCLUSION.name("new_plan"))),
        effect=effects.plan_again,
    ),
    Step(
        code="reopen",
        form=_action(
            "reopen",
            Text(vi="Mở lại hồ sơ", en="Reopen the case"),
            Text(
                vi="Có thông tin mới; hồ sơ được đánh giá lại từ đầu, thời hạn tính từ lúc này.",
                en="There is news; the case is assessed again and its clocks begin now.",
            ),
            APPROVE,
            why=True,
        ),
        begins=frozenset({State.CLOSED, State.SCREENED_OUT}),
        leads_to=State.REOPENED,
        effect=effects.begun_anew,
    ),
    Step(
        code="transfer",
        form=_action(
            "transfer",
            Text(vi="Chuyển hồ sơ đi", en="Transfer the case"),
            Text(
                vi="Chuyển cho cơ quan khác hoặc tỉnh khác tiếp tục. Ghi nơi nhận và lý do.",
                en="Another agency or province goes on with it. Say which, and why.",
            ),
            APPROVE,
            why=True,
        ),
        begins=OPEN,
        leads_to=State.TRANSFERRED,
        guards=(guards.emergency_answered,),
        effect=effects.ended,
    ),
)
STEPS: Mapping[str, Step] = {step.code: step for step in _ALL}


def why_not_yet(step: Step, state: State) -> Text | None:
    """Why a step does not begin in a state, and what comes first; ``None`` where it does begin."""
    if state in step.begins:
        return None
    title = step.form.title
    stands = Text(
        vi=f"Hồ sơ đang ở tình trạng «{NAMES[state].vi}», chưa thể «{title.vi}».",
        en=f"The case stands at “{NAMES[state].en}”; “{title.en}” is not possible now.",
    )
    first = first_towards(step.begins, state)
    if first is None:
        return stands
    return Text(
        vi=f"{stands.vi} Việc cần làm trước: «{first.form.title.vi}».",
        en=f"{stands.en} First comes “{first.form.title.en}”.",
    )


def first_towards(goals: frozenset[State], state: State) -> Step | None:
    """The first step of the shortest way from a state to one of the goals."""
    ways: deque[tuple[State, Step | None]] = deque([(state, None)])
    seen = {state}
    while ways:
        here, first = ways.popleft()
        for step in _leading_from(here):
            assert step.leads_to is not None
            if step.leads_to in goals:
                return first or step
            if step.leads_to not in seen and step.leads_to not in ENDED:
                seen.add(step.leads_to)
                ways.append((step.leads_to, first or step))
    return None


def _leading_from(state: State) -> Iterable[Step]:
    return (step for step in _ALL if state in step.begins and step.leads_to not in {None, state})

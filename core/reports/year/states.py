"""The states of a report, the steps between them, and who may take which.

Source: design §7; domain page of the programmes, §2.11 (officers assemble, the leader approves).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from core.audit.service import Action
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILD: Final = "core.report.build"
RELEASE: Final = "core.report.release"
CONFIRM: Final = "core.report.confirm"
CALENDAR: Final = "core.report.calendar"


class ReportState(StrEnum):
    """How far a report has come; overdue is computed, never stored."""

    OPEN = "open"
    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


# The officers' words and the figures still move in these, while nothing is frozen.
WRITABLE: Final = frozenset({ReportState.OPEN, ReportState.DRAFTED, ReportState.RETURNED})
FROZEN: Final = frozenset({ReportState.APPROVED, ReportState.SENT, ReportState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A way from one state to another.

    ``frozen`` says whether it starts from frozen figures: a report that its own leader returned
    is worked on again, one that the ministry returned is corrected by a new version.
    """

    code: str
    name: Text
    done: Text
    sources: frozenset[ReportState]
    target: ReportState
    right: str
    frozen: bool = False
    asks_reason: bool = False
    asks_letter: bool = False
    action: Action = Action.WRITE


_STATES = ReportState
DRAFT: Final = Step(
    code="draft",
    name=Text("Lập dự thảo", "Start the draft"),
    done=Text("đã lập dự thảo", "started the draft"),
    sources=frozenset({_STATES.OPEN, _STATES.RETURNED}),
    target=_STATES.DRAFTED,
    right=BUILD,
)
SUBMIT: Final = Step(
    code="submit",
    name=Text("Trình lãnh đạo", "Submit"),
    done=Text("đã trình lãnh đạo", "submitted it"),
    sources=frozenset({_STATES.DRAFTED}),
    target=_STATES.SUBMITTED,
    right=BUILD,
)
APPROVE: Final = Step(
    code="approve",
    name=Text("Duyệt và chốt số liệu", "Approve and freeze the figures"),
    done=Text("đã duyệt và chốt số liệu", "approved it and froze its figures"),
    sources=frozenset({_STATES.SUBMITTED}),
    target=_STATES.APPROVED,
    right=RELEASE,
    action=Action.APPROVE,
)
RETURN: Final = Step(
    code="return",
    name=Text("Trả lại", "Return"),
    done=Text("đã trả lại", "returned it"),
    sources=frozenset({_STATES.SUBMITTED}),
    target=_STATES.RETURNED,
    right=RELEASE,
    asks_reason=True,
)
SEND: Final = Step(
    code="send",
    name=Text("Gửi Bộ", "Send to the ministry"),
    done=Text("đã gửi Bộ", "sent it to the ministry"),
    sources=frozenset({_STATES.APPROVED}),
    target=_STATES.SENT,
    right=RELEASE,
    frozen=True,
    action=Action.RELEASE,
)
ACCEPT: Final = Step(
    code="accept",
    name=Text("Ghi nhận Bộ đã tiếp nhận", "Record that the ministry accepted it"),
    done=Text("đã ghi nhận Bộ tiếp nhận", "recorded that the ministry accepted it"),
    sources=frozenset({_STATES.SENT}),
    target=_STATES.ACCEPTED,
    right=BUILD,
    frozen=True,
    asks_letter=True,
)
TAKE_BACK: Final = Step(
    code="take-back",
    name=Text("Ghi nhận Bộ trả lại", "Record that the ministry returned it"),
    done=Text("đã ghi nhận Bộ trả lại", "recorded that the ministry returned it"),
    sources=frozenset({_STATES.SENT}),
    target=_STATES.RETURNED,
    right=BUILD,
    frozen=True,
    asks_reason=True,
    asks_letter=True,
)
# The version stays as it is; the step opens the next one.
CORRECT: Final = Step(
    code="correct",
    name=Text("Lập bản đính chính", "Correct by a new version"),
    done=Text("đã mở bản đính chính", "opened a correction"),
    sources=FROZEN | {_STATES.RETURNED},
    target=_STATES.DRAFTED,
    right=BUILD,
    frozen=True,
    asks_reason=True,
)
STEPS: Final[Mapping[str, Step]] = {
    step.code: step for step in (DRAFT, SUBMIT, APPROVE, RETURN, SEND, ACCEPT, TAKE_BACK, CORRECT)
}

STATE_NAMES: Final[Mapping[ReportState, Text]] = {
    _STATES.OPEN: Text("Mới mở", "Open"),
    _STATES.DRAFTED: Text("Đang soạn", "In preparation"),
    _STATES.SUBMITTED: Text("Chờ duyệt", "Waiting for approval"),
    _STATES.APPROVED: Text("Đã duyệt", "Approved"),
    _STATES.SENT: Text("Đã gửi", "Sent"),
    _STATES.ACCEPTED: Text("Đã tiếp nhận", "Accepted"),
    _STATES.RETURNED: Text("Bị trả lại", "Returned"),
}
# Why the report is as it is, and who takes it further.
LOCKS: Final[Mapping[ReportState, Text]] = {
    _STATES.OPEN: Text(
        "Báo cáo mới mở. Chuyên viên lập dự thảo rồi trình lãnh đạo.",
        "The report is open. An officer drafts it and submits it to the leader.",
    ),
    _STATES.DRAFTED: Text(
        "Báo cáo đang soạn. Chuyên viên trình thì lãnh đạo mới duyệt được.",
        "The report is being prepared. Once an officer submits it, the leader can approve it.",
    ),
    _STATES.SUBMITTED: Text(
        "Báo cáo đang chờ lãnh đạo duyệt nên lời văn tạm khóa. Lãnh đạo trả lại thì sửa tiếp được.",
        "The report waits for approval, so its words are locked. "
        "If the leader returns it, it can be worked on.",
    ),
    _STATES.APPROVED: Text(
        "Báo cáo đã duyệt, số liệu đã chốt. Lãnh đạo cấp tỉnh gửi báo cáo; "
        "sai sót được sửa bằng bản đính chính có nêu lý do.",
        "The report was approved and its figures stand. The province's leader sends it; "
        "a mistake is mended by a correction with its reason.",
    ),
    _STATES.SENT: Text(
        "Báo cáo đã gửi Bộ, số liệu không thay đổi nữa. Chuyên viên ghi nhận văn bản trả lời của "
        "Bộ; sai sót được sửa bằng bản đính chính có nêu lý do.",
        "The report was sent to the ministry and its figures stand. An officer records the "
        "ministry's answer; a mistake is mended by a correction with its reason.",
    ),
    _STATES.ACCEPTED: Text(
        "Bộ đã tiếp nhận báo cáo. Sai sót được sửa bằng bản đính chính có nêu lý do.",
        "The ministry accepted the report. A mistake is mended by a correction with its reason.",
    ),
    _STATES.RETURNED: Text(
        "Báo cáo bị trả lại. Chuyên viên sửa theo lý do đã nêu rồi trình lại; nếu số liệu đã chốt "
        "thì lập bản đính chính.",
        "The report was returned. An officer mends it and submits it again; "
        "if its figures were frozen, by a correction.",
    ),
}


def may_follow(step: Step, state: str, *, frozen: bool) -> bool:
    """Whether a step leads on from where a report stands."""
    return state in step.sources and step.frozen == frozen

"""The states of a case, in the order of the statutory flow.

Source: Decree 56/2017/ND-CP, chapter III; domain page of the programmes, §2.4.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    SCREENED_OUT = "screened_out"
    INITIAL_ASSESSED = "initial_assessed"
    EMERGENCY = "emergency"
    DETAILED_ASSESSED = "detailed_assessed"
    PLAN_SUBMITTED = "plan_submitted"
    PLAN_APPROVED = "plan_approved"
    IN_PROGRESS = "in_progress"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"


ENDED = frozenset({State.SCREENED_OUT, State.CLOSED, State.TRANSFERRED})
OPEN = frozenset(State) - ENDED
NAMES: Mapping[State, Text] = {
    State.RECEIVED: Text(vi="Đã tiếp nhận", en="Received"),
    State.SCREENED_OUT: Text(vi="Không thụ lý", en="Screened out"),
    State.INITIAL_ASSESSED: Text(vi="Đã đánh giá ban đầu", en="Initially assessed"),
    State.EMERGENCY: Text(vi="Can thiệp khẩn cấp", en="Emergency measures"),
    State.DETAILED_ASSESSED: Text(vi="Đã đánh giá cụ thể", en="Assessed in detail"),
    State.PLAN_SUBMITTED: Text(vi="Đã trình kế hoạch", en="Plan submitted"),
    State.PLAN_APPROVED: Text(vi="Đã duyệt kế hoạch", en="Plan approved"),
    State.IN_PROGRESS: Text(vi="Đang thực hiện", en="In progress"),
    State.UNDER_REVIEW: Text(vi="Đang rà soát", en="Under review"),
    State.CLOSED: Text(vi="Đã kết thúc", en="Closed"),
    State.REOPENED: Text(vi="Đã mở lại", en="Reopened"),
    State.TRANSFERRED: Text(vi="Đã chuyển đi", en="Transferred"),
}

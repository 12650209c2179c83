"""What must be so before a step may be taken; each guard answers with why not, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the guards need to know of a case and of whoever acts."""

    actor: UUID | None
    emergency_needed: bool | None
    emergency_taken: bool
    conferences: int
    plan_id: UUID | None
    plan_authors: frozenset[UUID | None]
    plan_review_on: date | None
    services: int
    review_author: UUID | None
    review_conclusion: str | None
    next_review_on: date | None


if TYPE_CHECKING:
    Guard = Callable[[Facts], Text | None]


def emergency_answered(facts: Facts) -> Text | None:
    """Source: Decree 56/2017/ND-CP, Art. 26(3)."""
    if facts.emergency_needed and not facts.emergency_taken:
        return Text(
            vi="Đánh giá ban đầu cho thấy cần can thiệp khẩn cấp. "
            "Hãy ghi biện pháp can thiệp khẩn cấp trước.",
            en="The initial assessment asks for emergency measures. Enter them first.",
        )
    return None


def conference_held(facts: Facts) -> Text | None:
    """Source: Decree 56/2017/ND-CP, Art. 27(2), 28."""
    if not facts.conferences:
        return Text(
            vi="Chưa có biên bản họp xác định nhu cầu của trẻ. Hãy ghi biên bản họp trước.",
            en="There are no minutes of the meeting on the child's needs. Enter them first.",
        )
    return None


def plan_written(facts: Facts) -> Text | None:
    """A service belongs to a plan."""
    if facts.plan_id is None:
        return Text(
            vi="Chưa có kế hoạch (Mẫu số 04). Hãy lập kế hoạch trước.",
            en="There is no plan (form 04) yet. Write it first.",
        )
    return None


def services_planned(facts: Facts) -> Text | None:
    """Source: domain page of the programmes, §5.4: at least one service."""
    if not facts.services:
        return Text(
            vi="Kế hoạch chưa có dịch vụ nào. Hãy ghi ít nhất một dịch vụ trước.",
            en="The plan has no service yet. Enter at least one first.",
        )
    return None


def not_the_plans_author(facts: Facts) -> Text | None:
    """Neither who wrote nor who submitted it. Source: domain page of the programmes, §5.4."""
    if facts.actor is not None and facts.actor in facts.plan_authors:
        return Text(
            vi="Người lập kế hoạch không tự phê duyệt. Hãy để người khác có thẩm quyền quyết định.",
            en="Nobody approves their own plan. Somebody else in authority must decide.",
        )
    return None


def second_person(facts: Facts) -> Text | None:
    """Source: domain page of the programmes, §5.4 (F-ABU-6)."""
    if facts.actor is not None and facts.actor == facts.review_author:
        return Text(
            vi="Người rà soát không tự xác nhận kết luận. Hãy để người thứ hai xác nhận.",
            en="Nobody confirms their own review. A second person must.",
        )
    return None


def concluded(conclusion: str, name: Text) -> Guard:
    """The latest review says so; one with an item of harm that is high never says «close»."""

    def guard(facts: Facts) -> Text | None:
        if facts.review_conclusion != conclusion:
            return Text(
                vi=f"Phiếu rà soát gần nhất không kết luận «{name.vi}». "
                "Hãy làm theo kết luận của phiếu.",
                en=f"The latest review does not conclude “{name.en}”. Follow its conclusion.",
            )
        return None

    return guard

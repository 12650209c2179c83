"""Rules across the records of a case: clocks, second persons, orders, and what was reached."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Text, answer, local_date, working_days_after
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import case_of, where_the_case_is
from plugins.sexual_abuse.response.models import (
    SaAssessment,
    SaEmergency,
    SaMilestone,
    SaPlan,
    SaPlanDecision,
    SaProceeding,
    SaReview,
    SaService,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from core.plugin_api import Records

    Answers = Mapping[str, Any]

# Source: Decree 56/2017/NĐ-CP, Art. 26 (3) and Art. 28 (1); the days to approve differ between
# published procedures. A province sets its own in [programmes.sexual_abuse] settings. Where the
# clock of the plan starts is not said; the strictest reading is taken, as core's setting
# plan_clock_start does.
EMERGENCY_HOURS, PLAN_WORKING_DAYS, APPROVAL_WORKING_DAYS = 12, 5, 7
TIMES: Mapping[str, int] = {
    "emergency_hours": EMERGENCY_HOURS,
    "plan_working_days": PLAN_WORKING_DAYS,
    "approval_working_days": APPROVAL_WORKING_DAYS,
}
_LATE = Text(
    vi="Đã quá thời hạn. Hãy ghi lý do chậm.", en="The deadline has passed. Say why it is late."
)
_NOT_YOUR_OWN = Text(
    vi="Việc này phải do người khác xác nhận, không phải người đã lập.",
    en="Somebody else confirms this, not the person who wrote it.",
)


def emergency_due(received_at: datetime, hours: int = EMERGENCY_HOURS) -> datetime:
    """Until when emergency measures must have begun."""
    return received_at + timedelta(hours=hours)


def plan_due(received_at: datetime, days: int = PLAN_WORKING_DAYS) -> date:
    """The last day on which the plan is submitted in time."""
    return working_days_after(local_date(received_at), days)


def approval_due(received_at: datetime, days: int = APPROVAL_WORKING_DAYS) -> date:
    """The last day on which the plan is approved in time."""
    return working_days_after(local_date(received_at), days)


def _set(records: Records, name: str) -> int:
    """As the province sets it, else the decree."""
    return records.setting(f"sexual_abuse.{name}", TIMES[name])


def check_emergency(records: Records, answers: Answers) -> Iterator[Fault]:
    """Not before the notice; later than 12 hours only with a reason."""
    yield from where_the_case_is(records, answers)
    case = case_of(records, answers)
    if case is None:
        return
    if answers["started_at"] < case["received_at"]:
        yield Fault(
            "started_at",
            Text(
                vi="Biện pháp không thể bắt đầu trước khi tiếp nhận thông tin.",
                en="Measures cannot begin before the notice was received.",
            ),
        )
        return
    due = emergency_due(case["received_at"], _set(records, "emergency_hours"))
    if answers["started_at"] > due and not answers["delay_reason"]:
        yield Fault("delay_reason", _LATE)


def check_plan(records: Records, answers: Answers) -> Iterator[Fault]:
    """Not before the notice; later than five working days only with a reason."""
    yield from where_the_case_is(records, answers)
    case = case_of(records, answers)
    if case is None:
        return
    if answers["submitted_on"] < local_date(case["received_at"]):
        yield Fault(
            "submitted_on",
            Text(
                vi="Kế hoạch không thể trình trước khi tiếp nhận thông tin.",
                en="A plan cannot be submitted before the notice was received.",
            ),
        )
        return
    due = plan_due(case["received_at"], _set(records, "plan_working_days"))
    if answers["submitted_on"] > due and not answers["delay_reason"]:
        yield Fault("delay_reason", _LATE)


def check_plan_decision(records: Records, answers: Answers) -> Iterator[Fault]:
    """The plan is one of the case, and its author does not approve it."""
    yield from where_the_case_is(records, answers)
    yield from _of_the_case(records.get(SaPlan, answers["plan_id"]), "plan_id", answers)
    plan = records.get(SaPlan, answers["plan_id"])
    if plan is not None and records.person in {plan["created_by"]} - {None}:
        yield Fault("approved", _NOT_YOUR_OWN)
    if plan is not None and answers["decided_on"] < plan["submitted_on"]:
        yield Fault(
            "decided_on",
            Text(
                vi="Quyết định không thể có trước ngày trình kế hoạch.",
                en="It cannot be decided before it was submitted.",
            ),
        )


def check_proceeding(records: Records, answers: Answers) -> Iterator[Fault]:
    """Stages follow in their order, and so do their days."""
    yield from where_the_case_is(records, answers)
    rank = codes.RANKS[answers["stage"]]
    for before in _rows(records, SaProceeding, answers["case_id"]):
        ordered = codes.RANKS[before["stage"]] <= codes.RANKS[codes.LAST_IN_ORDER]
        if ordered and rank <= codes.RANKS[before["stage"]]:
            yield Fault(
                "stage",
                Text(
                    vi="Giai đoạn này đã ghi hoặc đã qua. Hãy xem lại thứ tự các giai đoạn.",
                    en="This stage is recorded or past. Check the order of the stages.",
                ),
            )
            return
        if answers["happened_on"] < before["happened_on"]:
            yield Fault(
                "happened_on",
                Text(
                    vi="Ngày này trước ngày của giai đoạn đã ghi.",
                    en="This day lies before that of a stage on record.",
                ),
            )
            return


def check_closing(records: Records, answers: Answers) -> Iterator[Fault]:
    """A review that says so, confirmed by another person, of a case that is classified."""
    yield from where_the_case_is(records, answers)
    review = records.get(SaReview, answers["review_id"])
    yield from _of_the_case(review, "review_id", answers)
    if review is None:
        return
    if review["conclusion"] != codes.CLOSE:
        yield Fault(
            "review_id",
            Text(
                vi="Lần rà soát này chưa kết luận là kết thúc.",
                en="That review does not conclude that the case is closed.",
            ),
        )
    if records.person in {review["created_by"]} - {None}:
        yield Fault("closed_on", _NOT_YOUR_OWN)
    if not _is_classified(records, answers["case_id"]):
        yield Fault(
            "case_id",
            Text(
                vi="Trường hợp chưa được phân loại. Hãy ghi phiếu đánh giá trước khi kết thúc.",
                en="The case is not classified. Enter the assessment before closing it.",
            ),
        )


def after_emergency(records: Records, row: SaEmergency) -> Iterable[SaMilestone]:
    """The first measures answer the clock of twelve hours."""
    case = records.get("sexual_abuse.intake", row.case_id)
    if case is not None:
        due = emergency_due(case["received_at"], _set(records, "emergency_hours"))
        yield from _reached(records, case, "emergency", on_time=row.started_at <= due)


def after_assessment(records: Records, row: SaAssessment) -> Iterable[SaMilestone]:
    """The child needs care; care that was given before counts."""
    case = records.get("sexual_abuse.intake", row.case_id)
    if case is not None and row.needs_care:
        yield from _reached(records, case, "needs_care")
        if _given(records, row.case_id, *codes.CARE):
            yield from _reached(records, case, "care")


def after_plan(records: Records, row: SaPlan) -> Iterable[SaMilestone]:
    """The first plan answers the clock of five working days."""
    case = records.get("sexual_abuse.intake", row.case_id)
    if case is not None:
        due = plan_due(case["received_at"], _set(records, "plan_working_days"))
        yield from _reached(records, case, "plan", on_time=row.submitted_on <= due)


def after_plan_decision(records: Records, row: SaPlanDecision) -> Iterable[SaMilestone]:
    """Approved in time, and a service given: the child was helped in time."""
    case = records.get("sexual_abuse.intake", row.case_id)
    served = records.count(SaService, answer("case_id").equals(row.case_id))
    if case is not None and served and _in_time(records, case, row.approved, row.decided_on):
        yield from _reached(records, case, "timely")


def after_service(records: Records, row: SaService) -> Iterable[SaMilestone]:
    """What a service adds to: help in time, care, legal aid."""
    case = records.get("sexual_abuse.intake", row.case_id)
    if case is None:
        return
    decisions = _rows(records, SaPlanDecision, row.case_id)
    if any(_in_time(records, case, one["approved"], one["decided_on"]) for one in decisions):
        yield from _reached(records, case, "timely")
    if row.kind in codes.CARE and _has(records, row.case_id, "needs_care"):
        yield from _reached(records, case, "care")
    if row.kind == codes.LEGAL_AID and _has(records, row.case_id, "proceedings"):
        yield from _reached(records, case, "legal_aid")


def after_proceeding(records: Records, row: SaProceeding) -> Iterable[SaMilestone]:
    """The case is in proceedings; legal aid that was given before counts."""
    case = records.get("sexual_abuse.intake", row.case_id)
    if case is None:
        return
    yield from _reached(records, case, "proceedings")
    if row.legal_aid_present or _given(records, row.case_id, codes.LEGAL_AID):
        yield from _reached(records, case, "legal_aid")


def _reached(
    records: Records, case: Mapping[str, Any], kind: str, *, on_time: bool = True
) -> Iterator[SaMilestone]:
    """The milestone, unless the case has reached it before."""
    if not _has(records, case["id"], kind):
        yield SaMilestone(
            case_id=case["id"],
            commune_id=case["commune_id"],
            kind=kind,
            day=local_date(case["received_at"]),
            on_time=on_time,
        )


def _has(records: Records, case_id: UUID, kind: str) -> bool:
    where = answer("case_id").equals(case_id) & answer("kind").equals(kind)
    return records.count(SaMilestone, where) > 0


def _given(records: Records, case_id: UUID, *kinds: str) -> bool:
    where = answer("case_id").equals(case_id) & answer("kind").one_of(*kinds)
    return records.count(SaService, where) > 0


def _rows(records: Records, model: Any, case_id: UUID) -> Iterable[Mapping[str, Any]]:
    return records.find(model, answer("case_id").equals(case_id))


def _in_time(
    records: Records,
    case: Mapping[str, Any],
    approved: bool,  # noqa: FBT001  a stored answer
    decided_on: date,
) -> bool:
    days = _set(records, "approval_working_days")
    return approved and decided_on <= approval_due(case["received_at"], days)


def _is_classified(records: Records, case_id: UUID) -> bool:
    where = answer("case_id").equals(case_id) & answer("abuse_form").differs(codes.UNCLASSIFIED)
    return records.count(SaAssessment, where) > 0


def _of_the_case(row: Mapping[str, Any] | None, field: str, answers: Answers) -> Iterator[Fault]:
    if row is not None and row["case_id"] != answers["case_id"]:
        yield Fault(
            field,
            Text(
                vi="Hồ sơ này không thuộc trường hợp đã chọn.",
                en="This record is not one of the case.",
            ),
        )

"""What holds across the records of a case of child labour, and what each of them leaves behind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Text, answer
from plugins.child_labour import codes
from plugins.child_labour.models import (
    ClassificationStep,
    FirstTime,
    FollowUpDue,
    LabourCase,
    LabourFollowUp,
    LivelihoodSupport,
    SupportPackage,
    VocationalClass,
    WorkScreening,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

# Design of the programme (§4.2): a case is visited 3, 6 and 12 months after it was opened.
FOLLOW_UP_MONTHS = (3, 6, 12)


def due_days(_records: Records, row: LabourCase) -> Iterator[FollowUpDue]:
    """The days by which the case is to be visited."""
    for months in FOLLOW_UP_MONTHS:
        yield FollowUpDue(
            labour_case_id=row.id,
            kind="due",
            months=months,
            due_on=after(row.opened_on, months),
        )


def after(day_: date, months: int) -> date:
    """The same day some months later; of the 29th to 31st at the latest the 28th."""
    year, month = divmod(day_.month - 1 + months, 12)
    return date(day_.year + year, month + 1, min(day_.day, 28))


def done_in_time(records: Records, row: LabourFollowUp) -> Iterator[FollowUpDue]:
    """The first day that this visit meets: it comes before that day and after the one before."""
    mine = answer("labour_case_id").equals(row.labour_case_id)
    days = {(one["kind"], one["months"]): one["due_on"] for one in records.find(FollowUpDue, mine)}
    coming = [m for m in FOLLOW_UP_MONTHS if days.get(("due", m), date.min) >= row.visited_on]
    if coming and ("done", coming[0]) not in days:
        yield FollowUpDue(
            labour_case_id=row.labour_case_id,
            kind="done",
            months=coming[0],
            due_on=days["due", coming[0]],
        )


def is_over(records: Records, case: Any) -> bool:
    """Whether the latest visit that told of a status closed the case."""
    told = answer("labour_case_id").equals(case) & answer("status").answered()
    last = records.find(LabourFollowUp, told, newest="visited_on", limit=1)
    return bool(last) and last[0]["status"] in codes.OVER


def _closed(name: str = "labour_case_id") -> Fault:
    return Fault(name, Text(vi="Ca này đã kết thúc.", en="This case is closed."))


def verify_support(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """The case is open and lies here; whoever learns a trade is of its age."""
    case = records.get(LabourCase, answers["labour_case_id"])
    if case is None:
        return
    if is_over(records, case["id"]):
        yield _closed()
    if case["commune_id"] != answers["commune_id"]:
        yield Fault(
            "commune_id", Text(vi="Ca này thuộc xã khác.", en="This case lies in another commune.")
        )
    trade = records.get(VocationalClass, answers["vocational_class_id"])
    child = records.get("core.child", case["child_id"])
    if trade is None or child is None:
        return
    if _age(child["date_of_birth"], answers["starts_on"]) < trade["from_age"]:
        yield Fault(
            "vocational_class_id",
            Text(
                vi=f"Nghề này dành cho trẻ từ {trade['from_age']} tuổi.",
                en=f"This trade is for children from {trade['from_age']} years.",
            ),
        )


def first_support(records: Records, row: SupportPackage) -> Iterator[FirstTime]:
    """The first support of a child who was found, and the first that is education or training.

    It counts with the screening that found the child, so that those who are supported are always
    a part of those who were found; a case that no screening began is not among them.
    """
    case = records.get(LabourCase, row.labour_case_id)
    found = None if case is None else records.get(WorkScreening, case["screening_id"])
    if found is None or not _was_found(records, found):
        return
    kinds = ["support"] + (["education"] if row.kind in codes.EDUCATION else [])
    for kind in kinds:
        same = answer("kind").equals(kind) & answer("subject_id").equals(found["id"])
        if not records.count(FirstTime, same):
            yield FirstTime(kind=kind, subject_id=found["id"], year=0, day=found["screened_on"])


def _was_found(records: Records, screening: Mapping[str, Any]) -> bool:
    """Whether it counts as child labour or at risk, with what a second person changed."""
    steps = records.find(ClassificationStep, answer("screening_id").equals(screening["id"]))
    changed = sum(int(step["labour"]) + int(step["at_risk"]) for step in steps)
    was_found = screening["category"] in {*codes.AGAINST_THE_LAW, codes.AT_RISK}
    return changed + was_found > 0


def first_livelihood(records: Records, row: LivelihoodSupport) -> Iterator[FirstTime]:
    """The household's first of the year."""
    year = row.given_on.year
    same = (
        answer("kind").equals("livelihood")
        & answer("subject_id").equals(row.household_id)
        & answer("year").equals(year)
    )
    if not records.count(FirstTime, same):
        yield FirstTime(kind="livelihood", subject_id=row.household_id, year=year, day=row.given_on)


def verify_visit(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """After the opening, of an open case, with a status only where it changed."""
    case = records.get(LabourCase, answers["labour_case_id"])
    if case is None:
        return
    if is_over(records, case["id"]):
        yield _closed()
    if answers["visited_on"] < case["opened_on"]:
        yield Fault(
            "visited_on",
            Text(vi="Ngày thăm trước ngày mở ca.", en="The visit comes before the case."),
        )
    told = answer("labour_case_id").equals(case["id"]) & answer("status").answered()
    last = records.find(LabourFollowUp, told, newest="visited_on", limit=1)
    if last and last[0]["status"] == answers["status"]:
        yield Fault(
            "status",
            Text(
                vi="Ca đã ở tình trạng này; để trống nếu không thay đổi.",
                en="The case is in this state; leave it empty if nothing changed.",
            ),
        )


def _age(born: date, day_: date) -> int:
    return day_.year - born.year - ((day_.month, day_.day) < (born.month, born.day))

"""F-ORP-5: visits to children in care, each when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Fault, Form, Offer, Part, Text, answer
from plugins.orphan_care.asking import ask, commune, must, past_day
from plugins.orphan_care.care import codes
from plugins.orphan_care.care.models import CareArrangement, CareVisit, CareVisitDue
from plugins.orphan_care.permissions import CARE_ENTER, CARE_READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

LIVES = commune("Nơi trẻ đang sống (cấp xã)", "Commune where the child lives")
_ACTIVE = answer("still_in_care").equals(other=True)


def next_visit_due(records: Records, row: CareVisit) -> Iterator[CareVisitDue]:
    """A visit says when the next one is due; two that name the same day make one."""
    if row.next_review_on is None:
        return
    same = answer("arrangement_id").equals(row.arrangement_id)
    if not records.count(CareVisitDue, same & answer("due_on").equals(row.next_review_on)):
        yield CareVisitDue(arrangement_id=row.arrangement_id, due_on=row.next_review_on)


def visit_of(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The commune of the care, and the visit that has been due for longest."""
    arrangement = records.get(CareArrangement, answers.get("arrangement_id"))
    if arrangement is None:
        return {}
    open_days = _open_days(records, arrangement["id"])
    due = {"due_on": open_days[0]} if open_days else {}
    return {"commune_id": arrangement["commune_id"]} | due


def check_visit(records: Records, answers: Mapping[str, Any]) -> Iterator[Fault]:
    """In the commune of the care; each due visit is made once."""
    arrangement = records.get(CareArrangement, answers["arrangement_id"])
    if arrangement is not None and arrangement["commune_id"] != answers["commune_id"]:
        yield Fault("commune_id", Text(vi="Hãy chọn đúng xã của trẻ.", en="Not the child's."))
    if answers["due_on"] not in _open_days(records, answers["arrangement_id"]):
        yield Fault(
            "due_on",
            Text(
                vi="Không có lượt thăm nào đến hạn vào ngày này, hoặc đã được ghi.",
                en="No visit is due on that day, or it was recorded already.",
            ),
        )


def _open_days(records: Records, arrangement_id: Any) -> list[Any]:
    """The days of visits that were due or will be, and were not made, the earliest first."""
    same = answer("arrangement_id").equals(arrangement_id)
    made = {visit["due_on"] for visit in records.find(CareVisit, same, limit=500)}
    return sorted({due["due_on"] for due in records.find(CareVisitDue, same, limit=500)} - made)


def visit_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Made on the day it was due, or before."""
    return {"on_time": answers["visited_on"] <= answers["due_on"]}


VISIT = Form(
    code="orphan_care.visit",
    number="F-ORP-5",
    title=Text(vi="Thăm trẻ được chăm sóc thay thế", en="Visit to a child in care"),
    purpose=Text(
        vi="Ghi lượt thăm và ngày thăm tiếp theo; nếu nghi trẻ bị xâm hại, báo ngay.",
        en="A visit, and when the next is due; suspected harm is reported at once.",
    ),
    model=CareVisit,
    parts=(
        Part(
            Text(vi="Lượt thăm", en="The visit"),
            (
                ask(
                    "record",
                    "arrangement_id",
                    "Việc chăm sóc thay thế",
                    "Care that is visited",
                    of="orphan_care.arrangement",
                ),
                LIVES,
                ask("date", "due_on", "Lượt thăm đến hạn ngày", "The visit was due on"),
                past_day("visited_on", "Ngày thăm", "Visited on"),
            ),
        ),
        Part(
            Text(vi="Tình trạng của trẻ", en="How the child is"),
            (
                ask("choice", "wellbeing", "Tình trạng chung", "Wellbeing", options=codes.LEVELS),
                ask("choice", "school", "Học tập", "School", options=codes.LEVELS),
                ask("choice", "health", "Sức khỏe", "Health", options=codes.LEVELS),
                ask(
                    "choices",
                    "concerns",
                    "Điều lo ngại",
                    "Concerns",
                    options=codes.CONCERNS,
                    help=Text(
                        vi="Nếu nghi trẻ bị xâm hại: không hỏi trẻ kể lại; báo ngay và lập phiếu "
                        "tiếp nhận sau khi lưu.",
                        en="If harm is suspected: do not ask the child to tell; report at once and "
                        "open an intake after saving.",
                    ),
                ),
                ask("yes_no", "still_in_care", "Trẻ tiếp tục được chăm sóc ở đây", "Stays in care"),
                ask(
                    "date",
                    "next_review_on",
                    "Ngày thăm tiếp theo",
                    "Next visit due on",
                    required=_ACTIVE,
                    relevant=_ACTIVE,
                    checks=(
                        must(
                            answer("next_review_on").above(answer("visited_on")),
                            "Lượt thăm tiếp theo phải sau ngày thăm này.",
                            "The next visit comes after this one.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("visited_on", "arrangement_id", "commune_id", "next_review_on"),
    enters=CARE_ENTER,
    sees=CARE_READ,
    compute=visit_columns,
    prefill=visit_of,
    verify=check_visit,
    makes=next_visit_due,
    offers=(
        Offer(
            form="core.case_intake",
            label=Text(
                vi="Nghi trẻ bị xâm hại: lập phiếu tiếp nhận", en="Suspected harm: open an intake"
            ),
            when=answer("concerns").one_of(codes.ABUSE),
        ),
    ),
    source="Domain page of the programmes, §6.5 F-ORP-5",
)

"""What must not be overlooked. Source: domain page of the programmes, §4.7.

One of its alerts is not here: that a child left school is handed over by core's register (see
``handovers``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.plugin_api import Alert, Attention, Text
from plugins.child_labour import codes
from plugins.child_labour.models import (
    FollowUpDue,
    LabourCase,
    LabourClassification,
    LabourFollowUp,
    LabourInspection,
    Workplace,
    WorkScreening,
)
from plugins.child_labour.notices import HazardNotice
from plugins.child_labour.permissions import (
    ENTER_CASE,
    ENTER_INSPECTION,
    READ,
    READ_CASE,
    READ_INSPECTION,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Moment

SOURCE = "programmes §4.7"
_EMPLOYER = "employer"
_YOUNGEST = 13  # Source: Labour Code 2019, Art. 145 (3), as the page cites it


def _hazardous(_moment: Moment) -> Attention:
    """By the word of the second person, or else of the rules; until a case is opened."""
    confirmed = (
        select(LabourClassification.category)
        .where(LabourClassification.screening_id == WorkScreening.id)
        .scalar_subquery()
    )
    category = func.coalesce(confirmed, WorkScreening.category)
    dangerous = category.in_((codes.HAZARDOUS, codes.WORST_FORM))
    return Attention(where=and_(dangerous, _unanswered()), since=WorkScreening.screened_on)


def _too_young(_moment: Moment) -> Attention:
    screening = WorkScreening
    employed = and_(
        screening.works.is_(True),
        screening.relation_to_employer == _EMPLOYER,
        screening.age_at_screening < _YOUNGEST,
    )
    return Attention(where=and_(employed, _unanswered()), since=screening.screened_on)


def _unanswered() -> ColumnElement[bool]:
    """It is the child's latest screening, and no case was opened for the child since."""
    screening, later = WorkScreening, aliased(WorkScreening)
    again = exists().where(
        later.child_id == screening.child_id, later.screened_on > screening.screened_on
    )
    opened = exists().where(
        LabourCase.child_id == screening.child_id, LabourCase.opened_on >= screening.screened_on
    )
    return and_(~again, ~opened)


def _working_again(_moment: Moment) -> Attention:
    """After a visit at which the child had left work, the last word says that it works."""
    told = _visit(and_(_of_case(), LabourFollowUp.status.in_(codes.WITHDRAWN)), func.min)
    seen = _visit(and_(_of_case(), LabourFollowUp.still_working.is_(True)), func.max)
    free = _visit(and_(_of_case(), LabourFollowUp.still_working.is_(False)), func.max)
    screened = (
        select(func.max(WorkScreening.screened_on))
        .where(
            WorkScreening.child_id == LabourCase.child_id,
            WorkScreening.category.in_((codes.CHILD_LABOUR, codes.HAZARDOUS, codes.WORST_FORM)),
        )
        .scalar_subquery()
    )
    # the greatest of days takes no notice of one that is not there
    last = func.greatest(seen, screened, type_=LabourFollowUp.visited_on.type)
    return Attention(
        where=and_(last > told, or_(free.is_(None), last > free), ~_is_over()), since=last
    )


def _follow_up(moment: Moment) -> Attention:
    """The first day to visit that has come and that no visit met, in time or late."""
    done, later = aliased(FollowUpDue), aliased(LabourFollowUp)
    due = FollowUpDue
    met = or_(
        exists().where(
            done.labour_case_id == due.labour_case_id,
            done.months == due.months,
            done.kind == "done",
        ),
        exists().where(later.labour_case_id == due.labour_case_id, later.visited_on >= due.due_on),
    )
    first = (
        select(func.min(due.due_on))
        .where(
            due.labour_case_id == LabourCase.id,
            due.kind == "due",
            due.due_on <= moment.today,
            ~met,
        )
        .scalar_subquery()
    )
    return Attention(where=and_(first.is_not(None), ~_is_over()), since=first)


def _again_at(moment: Moment) -> Attention:
    inspection = LabourInspection
    of_place = and_(
        inspection.workplace_id == Workplace.id,
        inspection.minors_found > 0,
        inspection.inspected_on > moment.today - timedelta(days=moment.setting("repeat_days")),
    )
    times = select(func.count(inspection.id)).where(of_place).scalar_subquery()
    last = select(func.max(inspection.inspected_on)).where(of_place).scalar_subquery()
    return Attention(where=times >= moment.setting("repeat_inspections"), since=last)


def _to_inspect(_moment: Moment) -> Attention:
    """Dangerous work of a minor was noticed there, and nobody inspected it since."""
    last = (
        select(func.max(HazardNotice.noticed_on))
        .where(HazardNotice.workplace_id == Workplace.id)
        .scalar_subquery()
    )
    inspected = exists().where(
        LabourInspection.workplace_id == Workplace.id, LabourInspection.inspected_on >= last
    )
    return Attention(where=and_(last.is_not(None), ~inspected), since=last)


def _visit(where: ColumnElement[bool], which: Any) -> Any:
    return select(which(LabourFollowUp.visited_on)).where(where).scalar_subquery()


def _of_case() -> ColumnElement[bool]:
    return LabourFollowUp.labour_case_id == LabourCase.id


def _is_over() -> ColumnElement[bool]:
    ended = aliased(LabourFollowUp)
    return exists().where(ended.labour_case_id == LabourCase.id, ended.status.in_(codes.OVER))


ALERTS = (
    Alert(
        code="child_labour.hazardous_found",
        title=Text(
            vi="Phát hiện trẻ em lao động nặng nhọc, độc hại, nguy hiểm hoặc hình thức tồi tệ "
            "nhất: mở ca hỗ trợ ngay trong ngày",
            en="A child in hazardous work or a worst form was found: open a case the same day",
        ),
        tone="danger",
        acts=(READ,),
        model=WorkScreening,
        looks=_hazardous,
        leads_to="child_labour.screening",
        source=SOURCE,
    ),
    Alert(
        code="child_labour.under_13_employed",
        title=Text(
            vi="Trẻ em dưới 13 tuổi làm việc cho người sử dụng lao động",
            en="A child under 13 works for an employer",
        ),
        tone="danger",
        acts=(READ,),
        model=WorkScreening,
        looks=_too_young,
        leads_to="child_labour.screening",
        source=SOURCE,
    ),
    Alert(
        code="child_labour.working_again",
        title=Text(
            vi="Trẻ em đã rút khỏi lao động nay làm việc trở lại",
            en="A child who had left labour works again",
        ),
        tone="danger",
        acts=(READ_CASE,),
        model=LabourCase,
        looks=_working_again,
        leads_to="child_labour.case",
        source=SOURCE,
    ),
    Alert(
        code="child_labour.follow_up_due",
        title=Text(
            vi="Đến hạn thăm, theo dõi trẻ em trong ca", en="A visit to a child of a case is due"
        ),
        tone="warning",
        acts=(ENTER_CASE,),
        model=LabourCase,
        looks=_follow_up,
        leads_to="child_labour.case",
        source=SOURCE,
    ),
    Alert(
        code="child_labour.hazard_to_inspect",
        title=Text(
            vi="Cơ sở có lao động chưa thành niên làm việc nặng nhọc, nguy hiểm: cần kiểm tra",
            en="A minor was found in dangerous work at a workplace: inspect it",
        ),
        tone="danger",
        acts=(ENTER_INSPECTION,),
        model=Workplace,
        looks=_to_inspect,
        leads_to="child_labour.workplace",
        source="programmes §4.3",
    ),
    Alert(
        code="child_labour.minors_found_again",
        title=Text(
            vi="Cơ sở nhiều lần bị phát hiện có lao động chưa thành niên",
            en="Minors were found again at a workplace",
        ),
        tone="danger",
        acts=(READ_INSPECTION,),
        model=Workplace,
        looks=_again_at,
        leads_to="child_labour.workplace",
        # design: the page says two, and not within which time
        settings={"repeat_inspections": 2, "repeat_days": 730},
        source=SOURCE,
    ),
)

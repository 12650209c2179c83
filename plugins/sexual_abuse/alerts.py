"""What must not be overlooked; the texts tell nothing of a child.

Each is about a case or a record of one and is told to those alone who read it. That somebody
opened a file out of duty is told by core's notices. Source: domain page of the programmes, §5.4
(F-ABU-1) and §5.8.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.plugin_api import Alert, Attention, Text, working_days_after
from plugins.sexual_abuse.models import SaCase
from plugins.sexual_abuse.permissions import CASE_WORK, DECIDE, DUTY_READ
from plugins.sexual_abuse.response.models import (
    SaAssessment,
    SaClosing,
    SaEmergency,
    SaPlacement,
    SaPlan,
    SaReview,
)
from plugins.sexual_abuse.response.rules import EMERGENCY_HOURS, PLAN_WORKING_DAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

    from core.plugin_api import Moment

SOURCE = "programmes §5.8"
_TEAM = (CASE_WORK, DECIDE)
_OVERSEEN = (CASE_WORK, DECIDE, DUTY_READ)
_SOON, _SOONER, _PLAN_SOON = 6, 10, 3
_HIGH = "high"
_POLICE_HOURS = 12
_VIETNAM = timezone(timedelta(hours=7))
_WORKING_DAYS_OF_A_WEEK, _FREE_DAYS_OF_A_WEEK = 5, 2
_HOURS_SET = {"emergency_hours": EMERGENCY_HOURS}
_DAYS_SET = {"plan_working_days": PLAN_WORKING_DAYS}


def _waiting(moment: Moment, from_hours: int, until_hours: int | None) -> Attention:
    """The child is not safe, so many hours have passed, and no measures were taken."""
    case = SaCase
    passed = case.received_at <= moment.now - timedelta(hours=from_hours)
    if until_hours is not None:
        passed = and_(passed, case.received_at > moment.now - timedelta(hours=until_hours))
    return Attention(
        where=and_(passed, case.child_safe_now.is_(False), ~_has(SaEmergency), _is_open()),
        since=case.received_at,
        due=case.received_at + timedelta(hours=moment.setting("emergency_hours")),
    )


def _six_hours(moment: Moment) -> Attention:
    return _waiting(moment, _SOON, min(_SOONER, moment.setting("emergency_hours")))


def _ten_hours(moment: Moment) -> Attention:
    return _waiting(moment, _SOONER, moment.setting("emergency_hours"))


def _twelve_hours(moment: Moment) -> Attention:
    return _waiting(moment, moment.setting("emergency_hours"), None)


def _police(moment: Moment) -> Attention:
    case = SaCase
    hours = timedelta(hours=_POLICE_HOURS)
    return Attention(
        where=and_(
            case.police_informed_at.is_(None), case.received_at <= moment.now - hours, _is_open()
        ),
        since=case.received_at,
        due=case.received_at + hours,
    )


def _plan_soon(moment: Moment) -> Attention:
    received = SaCase.received_at
    third, last = _end_of(moment, _PLAN_SOON), _end_of(moment, moment.setting("plan_working_days"))
    return _no_plan(moment, and_(received < third, received >= last))


def _plan_due(moment: Moment) -> Attention:
    last = _end_of(moment, moment.setting("plan_working_days"))
    return _no_plan(moment, SaCase.received_at < last)


def _no_plan(moment: Moment, received: ColumnElement[bool]) -> Attention:
    """Due after so many days as the working days are, where no holiday lies between."""
    days = moment.setting("plan_working_days")
    free = days // _WORKING_DAYS_OF_A_WEEK * _FREE_DAYS_OF_A_WEEK
    return Attention(
        where=and_(received, ~_has(SaPlan), _is_open()),
        since=SaCase.received_at,
        due=SaCase.received_at + timedelta(days=days + free),
    )


def _end_of(moment: Moment, count: int) -> datetime:
    """The end of the last day whose ``count``-th working day after it has come."""
    day: date = moment.today
    while working_days_after(day, count) > moment.today:
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time(), _VIETNAM)


def _unreviewed(moment: Moment) -> Attention:
    """So many days after the review that the latest plan names, nobody reviewed."""
    planned = _latest(SaPlan, SaPlan.review_on)
    submitted = _latest(SaPlan, SaPlan.submitted_on)
    reviewed = _latest(SaReview, SaReview.reviewed_on)
    days = timedelta(days=moment.setting("review_grace_days"))
    return Attention(
        where=and_(
            planned <= moment.today - days,
            or_(reviewed.is_(None), reviewed < submitted),
            _is_open(),
        ),
        since=planned,
    )


def _goes_on(_moment: Moment) -> Attention:
    """It goes on, the child is not safe, and no measure protects it now."""
    case, assessed = SaCase, SaAssessment
    ongoing = or_(
        case.ongoing.is_(True), exists().where(assessed.case_id == case.id, assessed.ongoing)
    )
    protected = exists().where(SaEmergency.case_id == case.id, SaEmergency.ended_on.is_(None))
    return Attention(
        where=and_(ongoing, case.child_safe_now.is_(False), ~protected, _is_open()),
        since=case.received_at,
    )


def _access(_moment: Moment) -> Attention:
    """The latest review says that the offender can reach the child."""
    review, later = SaReview, aliased(SaReview)
    again = exists().where(later.case_id == review.case_id, later.reviewed_on > review.reviewed_on)
    closed = exists().where(SaClosing.case_id == review.case_id)
    return Attention(
        where=and_(review.offender_access == _HIGH, ~again, ~closed), since=review.reviewed_on
    )


def _same_setting(moment: Moment) -> Attention:
    """In one commune, so many notices of the same setting within the time set."""
    other = aliased(SaCase)
    first = moment.now - timedelta(days=moment.setting("same_setting_days"))
    alike = (
        select(func.count(other.id))
        .where(
            other.commune_id == SaCase.commune_id,
            other.setting == SaCase.setting,
            other.received_at > first,
        )
        .scalar_subquery()
    )
    return Attention(
        where=and_(SaCase.received_at > first, alike >= moment.setting("same_setting_intakes")),
        since=SaCase.received_at,
        in_commune=1,
    )


def _placement(moment: Moment) -> Attention:
    placed, later = SaPlacement, aliased(SaPlacement)
    moved = exists().where(later.case_id == placed.case_id, later.starts_on > placed.starts_on)
    closed = exists().where(SaClosing.case_id == placed.case_id)
    return Attention(
        where=and_(placed.review_on <= moment.today, placed.ends_on.is_(None), ~moved, ~closed),
        since=placed.review_on,
    )


def _is_open() -> ColumnElement[bool]:
    return ~_has(SaClosing)


def _has(model: Any) -> ColumnElement[bool]:
    return exists().where(model.case_id == SaCase.id)


def _latest(model: Any, day: Any) -> Any:
    return select(func.max(day)).where(model.case_id == SaCase.id).scalar_subquery()


_HOURS = Text(
    vi="Trẻ chưa an toàn, chưa có biện pháp khẩn cấp: đã quá {0} giờ",
    en="A child is not safe and no emergency measure was taken: {0} hours have passed",
)


def _after(hours: int) -> Text:
    return Text(vi=_HOURS.vi.format(hours), en=_HOURS.en.format(hours))


def _of_case(
    code: str,
    title: Text,
    looks: Any,
    *,
    danger: bool = True,
    acts: tuple[str, ...] = _TEAM,
    sets: Mapping[str, int] | None = None,
) -> Alert:
    return Alert(
        code=f"sexual_abuse.{code}",
        title=title,
        tone="danger" if danger else "warning",
        acts=acts,
        model=SaCase,
        looks=looks,
        leads_to="sexual_abuse.intake",
        settings=sets or {},
        source=SOURCE,
    )


ALERTS = (
    _of_case("emergency_6h", _after(_SOON), _six_hours, danger=False, sets=_HOURS_SET),
    _of_case("emergency_10h", _after(_SOONER), _ten_hours, sets=_HOURS_SET),
    _of_case(
        "emergency_12h",
        Text(
            vi="Trẻ chưa an toàn: đã quá thời hạn áp dụng biện pháp khẩn cấp",
            en="A child is not safe: the time for emergency measures is over",
        ),
        _twelve_hours,
        acts=_OVERSEEN,
        sets=_HOURS_SET,
    ),
    _of_case(
        "police_not_informed",
        Text(
            vi="Sau 12 giờ chưa ghi việc báo cơ quan công an",
            en="After 12 hours it is not recorded that the police were informed",
        ),
        _police,
        acts=_OVERSEEN,
    ),
    _of_case(
        "plan_soon",
        Text(
            vi="Sau 03 ngày làm việc chưa trình kế hoạch hỗ trợ",
            en="After 3 working days no plan was submitted",
        ),
        _plan_soon,
        danger=False,
        sets=_DAYS_SET,
    ),
    _of_case(
        "plan_late",
        Text(
            vi="Đã hết thời hạn mà chưa trình kế hoạch hỗ trợ",
            en="The time for it is over and no plan was submitted",
        ),
        _plan_due,
        acts=_OVERSEEN,
        sets=_DAYS_SET,
    ),
    Alert(
        code="sexual_abuse.review_late",
        title=Text(
            vi="Quá ngày rà soát theo kế hoạch mà chưa rà soát",
            en="The review that the plan names is long due",
        ),
        tone="warning",
        acts=_OVERSEEN,
        model=SaCase,
        looks=_unreviewed,
        leads_to="sexual_abuse.intake",
        settings={"review_grace_days": 30},
        source=SOURCE,
    ),
    _of_case(
        "goes_on",
        Text(
            vi="Sự việc còn tiếp diễn và trẻ chưa an toàn",
            en="It goes on and the child is not safe",
        ),
        _goes_on,
        acts=_OVERSEEN,
    ),
    Alert(
        code="sexual_abuse.offender_access",
        title=Text(
            vi="Lần rà soát gần nhất: người bị nghi xâm hại còn có khả năng tiếp cận trẻ",
            en="By the latest review the offender can still reach the child",
        ),
        tone="danger",
        acts=_OVERSEEN,
        model=SaReview,
        looks=_access,
        leads_to="sexual_abuse.review",
        source=SOURCE,
    ),
    Alert(
        code="sexual_abuse.same_setting",
        title=Text(
            vi="Xã có nhiều tin báo về cùng một môi trường xảy ra sự việc",
            en="Several notices of the same setting in one commune",
        ),
        tone="danger",
        acts=(DUTY_READ,),  # of other cases nobody may know but who oversees all of them
        model=SaCase,
        looks=_same_setting,
        leads_to=None,
        # design: the page says several
        settings={"same_setting_intakes": 3, "same_setting_days": 365},
        source=SOURCE,
    ),
    Alert(
        code="sexual_abuse.placement_review",
        title=Text(
            vi="Đến hạn rà soát nơi chăm sóc tạm thời của trẻ",
            en="The review of where a child was placed is due",
        ),
        tone="warning",
        acts=_TEAM,
        model=SaPlacement,
        looks=_placement,
        leads_to="sexual_abuse.placement",
        source=SOURCE,
    ),
)

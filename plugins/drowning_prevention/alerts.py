"""What must not be overlooked. Source: domain page of the programmes, §3.7.

One of its alerts is not here: a province below its swimming target is told by core, as of any
target that will likely be missed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased

from core.plugin_api import Alert, Attention, Text
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.models import (
    ChildInjuryIncident,
    FloodCarePoint,
    FloodSeason,
    SafeHomeAssessment,
    SwimClass,
    SwimFacility,
)
from plugins.drowning_prevention.permissions import (
    ENTER_CLASS,
    ENTER_HOME,
    ENTER_PLACE,
    READ,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Moment

SOURCE = "programmes §3.7"
_YEAR = timedelta(days=365)
# design: the page leaves the level of water to the province
FLOOD_ALARM_LEVEL = 2


def _death(moment: Moment) -> Attention:
    """Told from the day it is known, for as long as the province sets."""
    incident = ChildInjuryIncident
    first = moment.today - timedelta(days=moment.setting("death_alert_days"))
    return Attention(
        where=and_(_drowned(), incident.outcome == codes.DIED, incident.occurred_on > first),
        since=incident.occurred_on,
    )


def _several(moment: Moment) -> Attention:
    return Attention(
        where=and_(_drowned(), ChildInjuryIncident.occurred_on > moment.today - _YEAR),
        since=ChildInjuryIncident.occurred_on,
        in_commune=moment.setting("drownings_in_commune"),
    )


def _recheck(moment: Moment) -> Attention:
    """The day to come again has come, and nobody judged the home since."""
    home, later = SafeHomeAssessment, aliased(SafeHomeAssessment)
    judged_since = exists().where(
        later.household_id == home.household_id, later.assessed_on > home.assessed_on
    )
    return Attention(
        where=and_(home.recheck_on <= moment.today, ~judged_since), since=home.recheck_on
    )


def _idle(moment: Moment) -> Attention:
    """It was handed over and no class was ever held in it."""
    facility = SwimFacility
    days = moment.setting("facility_without_class_days")
    used = exists().where(SwimClass.facility_id == facility.id)
    return Attention(
        where=and_(
            facility.status.in_((codes.DELIVERED, codes.OPERATING)),
            facility.allocated_on <= moment.today - timedelta(days=days),
            ~used,
        ),
        since=facility.allocated_on + timedelta(days=days),
    )


def _no_point(moment: Moment) -> Attention:
    """The water reached the level that the province sets, and no point of the commune takes in."""
    season, point = FloodSeason, FloodCarePoint
    there = exists().where(
        point.commune_id == season.commune_id,
        point.status.in_((codes.PLANNED, codes.OPEN)),
    )
    goes_on = or_(season.closed_on.is_(None), season.closed_on > moment.today)
    reached = season.alarm_level >= moment.setting("flood_alarm_level")
    return Attention(where=and_(reached, goes_on, ~there), since=season.opened_on)


def _drowned() -> ColumnElement[bool]:
    return ChildInjuryIncident.cause == codes.DROWNING


ALERTS = (
    Alert(
        code="drowning_prevention.death",
        title=Text(
            vi="Có trẻ em tử vong do đuối nước: xác minh, báo cáo ngay và xem xét lập vụ việc "
            "đột xuất",
            en="A child drowned: verify and report at once, and consider an urgent incident",
        ),
        tone="danger",
        acts=(READ,),
        model=ChildInjuryIncident,
        looks=_death,
        leads_to="drowning_prevention.injury_notice",
        settings={"death_alert_days": 30},  # design: the page says at once, not until when
        source=SOURCE,
    ),
    Alert(
        code="drowning_prevention.several_in_commune",
        title=Text(
            vi="Xã có nhiều vụ trẻ em đuối nước trong 12 tháng: rà soát điểm nguy cơ",
            en="A commune with several drownings in 12 months: look at its hazards",
        ),
        tone="danger",
        acts=(READ,),
        model=ChildInjuryIncident,
        looks=_several,
        leads_to="/records/drowning-prevention/injury-notice",
        settings={"drownings_in_commune": 3},
        source=SOURCE,
    ),
    Alert(
        code="drowning_prevention.home_recheck",
        title=Text(
            vi="Đến hạn kiểm tra lại Ngôi nhà an toàn", en="A home is due to be checked again"
        ),
        tone="warning",
        acts=(ENTER_HOME,),
        model=SafeHomeAssessment,
        looks=_recheck,
        leads_to="drowning_prevention.safe_home",
        source=SOURCE,
    ),
    Alert(
        code="drowning_prevention.facility_without_class",
        title=Text(
            vi="Điểm dạy bơi đã bàn giao nhưng chưa mở lớp nào",
            en="A place to learn swimming was handed over and no class was held there",
        ),
        tone="warning",
        acts=(ENTER_PLACE, ENTER_CLASS),
        model=SwimFacility,
        looks=_idle,
        leads_to="drowning_prevention.swim_facility",
        settings={"facility_without_class_days": 90},
        source=SOURCE,
    ),
    Alert(
        code="drowning_prevention.flood_without_point",
        title=Text(
            vi="Nước đã lên mức báo động lũ mà xã chưa có điểm giữ trẻ",
            en="The water reached the level of alarm and the commune has no care point",
        ),
        tone="danger",
        acts=(ENTER_PLACE,),
        model=FloodSeason,
        looks=_no_point,
        leads_to="drowning_prevention.flood_season",
        settings={"flood_alarm_level": FLOOD_ALARM_LEVEL},
        source=SOURCE,
    ),
)

"""What core's records tell the programmes.

Source: domain page of the programmes, §1.12 and §2.2. Each is told for as long as it is news: what
is older is a matter of the register's figures.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.events.incidents.models import UrgentIncident
from core.kit.language import Text
from core.kit.periods import add_years
from core.plugin_api.alerts import Attention, Moment
from core.plugin_api.handovers import Gives
from core.plugin_api.values import RoleRights
from core.register.family.models import ParentRecord
from core.register.following.models import SchoolingChange, StatusChange
from core.register.models import Child
from core.registry.handing import OVERSEE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

SOURCE = "programmes §1.12"
LEFT_SCHOOL: Final = "core.left_school"
PARENT_LOST: Final = "core.parent_lost"
DIED_OF_INJURY: Final = "core.died_of_injury"
DISASTER: Final = "core.disaster"

_ACTIVE, _DECEASED, _DROPPED_OUT = "active", "deceased", "dropped_out"
_LOST = ("dead", "missing")
_INJURIES = ("drowning", "traffic", "other_injury")
# Source: §2.2: of those aged 5 to 17 it is asked whether they work.
_FROM_AGE, _TO_AGE = 5, 18
_NEWS: Final[Mapping[str, int]] = {"handover_days": 365}  # design: the page gives no number
_CHILD_PAGE = "/children/{record}"


def _is_news(moment: Moment, day: Any) -> ColumnElement[bool]:
    first = moment.today - timedelta(days=moment.setting("handover_days"))
    return and_(day > first, day <= moment.today)


def _left_school(moment: Moment) -> Attention:
    change = SchoolingChange
    left = (
        select(func.max(change.changed_on))
        .where(change.child_id == Child.id, change.schooling == _DROPPED_OUT)
        .scalar_subquery()
    )
    since = func.coalesce(left, Child.registered_on, type_=Child.registered_on.type)
    of_age = and_(
        Child.date_of_birth > add_years(moment.today, -_TO_AGE),
        Child.date_of_birth <= add_years(moment.today, -_FROM_AGE),
    )
    return Attention(
        where=and_(
            Child.status == _ACTIVE,
            Child.schooling == _DROPPED_OUT,
            of_age,
            _is_news(moment, since),
        ),
        since=since,
    )


def _parent_lost(moment: Moment) -> Attention:
    """A parent is dead or missing, and the other is not known to be there."""
    since = _latest_of_parents(ParentRecord.life_status.in_(_LOST))
    there = _latest_of_parents(
        and_(ParentRecord.life_status == "alive", ParentRecord.availability == "present")
    )
    return Attention(
        where=and_(
            Child.status == _ACTIVE,
            Child.child_until > moment.today,
            there.is_(None),
            _is_news(moment, since),
        ),
        since=since,
    )


def _latest_of_parents(where: ColumnElement[bool]) -> Any:
    """The day of what counts now: the latest record of the mother, and of the father."""
    parent, later = ParentRecord, aliased(ParentRecord)
    newer = or_(
        later.as_of > parent.as_of,
        and_(later.as_of == parent.as_of, later.created_at > parent.created_at),
    )
    again = exists().where(later.child_id == parent.child_id, later.kind == parent.kind, newer)
    return (
        select(func.max(parent.as_of))
        .where(parent.child_id == Child.id, where, ~again)
        .scalar_subquery()
    )


def _died_of_injury(moment: Moment) -> Attention:
    change = StatusChange
    gone = exists().where(Child.id == change.child_id, Child.status == _DECEASED)
    return Attention(
        where=and_(change.death_cause.in_(_INJURIES), gone, _is_news(moment, change.changed_on)),
        since=change.changed_on,
    )


def _disaster(moment: Moment) -> Attention:
    incident = UrgentIncident
    return Attention(
        where=and_(
            incident.kind == "disaster",
            incident.closed_at.is_(None),
            _is_news(moment, incident.registered_on),
        ),
        since=incident.registered_on,
    )


HANDOVERS: Final = (
    Gives(
        code=LEFT_SCHOOL,
        title=Text(vi="trẻ em từ 5 đến 17 tuổi bỏ học", en="a child aged 5 to 17 left school"),
        model=Child,
        looks=_left_school,
        leads_to=_CHILD_PAGE,
        settings=_NEWS,
        source=SOURCE,
    ),
    Gives(
        code=PARENT_LOST,
        title=Text(
            vi="trẻ em có cha hoặc mẹ chết, mất tích", en="a child's parent died or disappeared"
        ),
        model=Child,
        looks=_parent_lost,
        leads_to=_CHILD_PAGE,
        settings=_NEWS,
        source=SOURCE,
    ),
    Gives(
        code=DIED_OF_INJURY,
        title=Text(
            vi="trẻ em tử vong do đuối nước, tai nạn", en="a child died by drowning or an accident"
        ),
        model=StatusChange,
        looks=_died_of_injury,
        leads_to="core.status_change",
        settings=_NEWS,
        source="programmes §2.2",
    ),
    Gives(
        code=DISASTER,
        title=Text(vi="thiên tai, thảm họa có trẻ em", en="a disaster that struck children"),
        model=UrgentIncident,
        looks=_disaster,
        leads_to="/incidents/{record}",
        settings=_NEWS,
        source=SOURCE,
    ),
)

# Source: §1.12: what no programme takes up stays visible to the province officer.
ROLES: Final = (RoleRights("province_officer", frozenset({OVERSEE})),)

"""What the programme takes up of others. Source: domain page of the programmes, §1.12 and §2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, or_

from core.plugin_api import Takes, Text
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.models import ChildInjuryIncident, FloodCarePoint, WaterHazardSite
from plugins.drowning_prevention.permissions import ENTER_PLACE, READ

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Given, Moment

SOURCE = "programmes §1.12"
_AFTER_WATERS = Text(
    vi="Sau lũ, bão: rà soát điểm nguy cơ đuối nước, mở điểm giữ trẻ nếu cần",
    en="After flood or storm: look at the hazards, open a care point where it is needed",
)


def _noticed(_moment: Moment, given: Given) -> ColumnElement[bool]:
    return exists().where(
        ChildInjuryIncident.child_id == given.child_id, ChildInjuryIncident.outcome == codes.DIED
    )


def _looked_after(_moment: Moment, given: Given) -> ColumnElement[bool]:
    """Since that day a hazard of the commune was checked or entered, or a care point opened."""
    checked = exists().where(
        WaterHazardSite.commune_id == given.commune_id,
        WaterHazardSite.last_checked_on >= given.since,
    )
    opened = exists().where(
        FloodCarePoint.commune_id == given.commune_id, FloodCarePoint.opened_on >= given.since
    )
    return or_(checked, opened)


def _waters(code: str, of: str) -> Takes:
    return Takes(
        code=code,
        of=of,
        title=_AFTER_WATERS,
        tone="warning",
        acts=(ENTER_PLACE,),
        opens="drowning_prevention.hazard_site",
        answered=_looked_after,
        source=SOURCE,
    )


HANDOVERS = (
    Takes(
        code="drowning_prevention.death_unreported",
        of="core.died_of_injury",
        title=Text(
            vi="Trẻ em tử vong do đuối nước, tai nạn theo sổ quản lý: chưa có phiếu báo",
            en="A child died by drowning or an accident by the register: no notice yet",
        ),
        tone="danger",
        acts=(READ,),
        opens="drowning_prevention.injury_notice",
        answered=_noticed,
        source="programmes §2.2",
    ),
    _waters("drowning_prevention.disaster_reported", "core.disaster"),
    _waters("drowning_prevention.waters_rose", "orphan_care.waters_rose"),
)

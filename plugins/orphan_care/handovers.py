"""What the programme takes up of others, and what it tells them.

Source: domain page of the programmes, §1.12.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_

from core.plugin_api import Attention, Gives, Takes, Text
from plugins.orphan_care.models import OrphanCareRecord
from plugins.orphan_care.permissions import CARE_ENTER, RELIEF_ENTER, VERIFY
from plugins.orphan_care.relief.models import DisasterEvent

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Given, Moment

SOURCE = "programmes §1.12"
_WATER = ("flood", "flash_flood", "storm")
# A list may be begun some days before the incident is reported.
_DAYS_BEFORE = 7


def _detected(_moment: Moment, given: Given) -> ColumnElement[bool]:
    """The child is in care, or was looked at since it lost the parent."""
    found = OrphanCareRecord
    return exists().where(
        found.child_id == given.child_id,
        or_(found.ended_on.is_(None), found.detected_on >= given.since),
    )


def _listed(_moment: Moment, given: Given) -> ColumnElement[bool]:
    return exists().where(
        DisasterEvent.commune_id == given.commune_id,
        DisasterEvent.happened_on >= given.since - _DAYS_BEFORE,
    )


def _waters(moment: Moment) -> Attention:
    """Waters rose, and left what children fall into."""
    event = DisasterEvent
    first = moment.today - timedelta(days=moment.setting("disaster_news_days"))
    return Attention(
        where=and_(event.kind.in_(_WATER), event.happened_on > first), since=event.happened_on
    )


HANDOVERS = (
    Takes(
        code="orphan_care.parent_lost",
        of="core.parent_lost",
        title=Text(
            vi="Trẻ em có cha hoặc mẹ chết, mất tích: xem xét phát hiện, xác minh",
            en="A child's parent died or disappeared: see whether it needs care",
        ),
        tone="danger",
        acts=(VERIFY, CARE_ENTER),
        opens="orphan_care.detection",
        answered=_detected,
        source=SOURCE,
    ),
    Takes(
        code="orphan_care.disaster_reported",
        of="core.disaster",
        title=Text(
            vi="Có báo cáo thiên tai, thảm họa: lập danh sách trẻ em bị ảnh hưởng",
            en="A disaster was reported: list the children that it struck",
        ),
        tone="danger",
        acts=(RELIEF_ENTER,),
        opens="orphan_care.disaster",
        answered=_listed,
        source=SOURCE,
    ),
    Gives(
        code="orphan_care.waters_rose",
        title=Text(vi="lũ, bão ảnh hưởng trẻ em", en="flood or storm that struck children"),
        model=DisasterEvent,
        looks=_waters,
        leads_to="orphan_care.disaster",
        settings={"disaster_news_days": 60},  # design: the page gives no number
        source=SOURCE,
    ),
)

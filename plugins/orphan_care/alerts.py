"""What must not be overlooked. Source: domain page of the programmes, §6.9."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, literal, or_, select

from core.plugin_api import Alert, Attention, Text
from plugins.orphan_care import codes
from plugins.orphan_care.benefits import codes as benefits
from plugins.orphan_care.benefits.models import BenefitEntitlement, BenefitPayment, Dossier
from plugins.orphan_care.care.models import CareArrangement, CareVisit, CareVisitDue
from plugins.orphan_care.models import OrphanCareRecord, OrphanVerification
from plugins.orphan_care.permissions import (
    BENEFIT_ENTER,
    BENEFIT_READ,
    CARE_ENTER,
    RELIEF_ENTER,
    VERIFY,
)
from plugins.orphan_care.relief.models import DisasterChild, DisasterEvent

if TYPE_CHECKING:
    from core.plugin_api import Moment

SOURCE = "programmes §6.9"
_NOBODY = "none"


def _alone(_moment: Moment) -> Attention:
    """Both parents dead, or nobody who cares; until the leader has verified it."""
    found = OrphanCareRecord
    orphaned = and_(found.mother_status == codes.DECEASED, found.father_status == codes.DECEASED)
    verified = exists().where(OrphanVerification.detection_id == found.id)
    return Attention(
        where=and_(
            found.ended_on.is_(None),
            or_(orphaned, found.current_carer == _NOBODY),
            ~verified,
        ),
        since=found.detected_on,
    )


def _dossier(moment: Moment) -> Attention:
    days = timedelta(days=moment.setting("dossier_decision_days"))
    return Attention(
        where=and_(Dossier.decided_on.is_(None), Dossier.submitted_on <= moment.today - days),
        since=Dossier.submitted_on,
        due=Dossier.submitted_on + days.days,
    )


def _turns(moment: Moment) -> Attention:
    """The birthday that ends the allowance comes; one who studies on goes on being paid."""
    paid, days = BenefitEntitlement, moment.setting("birthday_notice_days")
    return Attention(
        where=and_(
            paid.ends_on.is_(None),
            paid.ends_by > moment.today,
            paid.ends_by <= moment.today + timedelta(days=days),
        ),
        since=paid.ends_by - days,
        due=paid.ends_by,
    )


def _unpaid(moment: Moment) -> Attention:
    """Entitled during the whole of last month, and no payment for it."""
    this_month = moment.today.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    entitled = BenefitEntitlement
    paid = exists().where(
        BenefitPayment.entitlement_id == entitled.id,
        BenefitPayment.month == last_month,
        BenefitPayment.status == benefits.PAID,
    )
    return Attention(
        where=and_(entitled.starts_on <= last_month, entitled.counted_until >= this_month, ~paid),
        since=literal(this_month),
    )


def _visit(moment: Moment) -> Attention:
    """The first visit that has come due and was not made, while the care goes on."""
    care, due = CareArrangement, CareVisitDue
    made = exists().where(
        CareVisit.arrangement_id == due.arrangement_id, CareVisit.due_on == due.due_on
    )
    first = (
        select(func.min(due.due_on))
        .where(due.arrangement_id == care.id, due.due_on <= moment.today, ~made)
        .scalar_subquery()
    )
    left = exists().where(CareVisit.arrangement_id == care.id, CareVisit.still_in_care.is_(False))
    return Attention(where=and_(care.ends_on.is_(None), ~left, first.is_not(None)), since=first)


def _unlisted(_moment: Moment) -> Attention:
    """Children were struck and none is in its list yet."""
    event = DisasterEvent
    listed = exists().where(DisasterChild.disaster_id == event.id)
    return Attention(where=and_(event.children_affected > 0, ~listed), since=event.happened_on)


ALERTS = (
    Alert(
        code="orphan_care.child_alone",
        title=Text(
            vi="Trẻ em mất cả cha và mẹ hoặc không có người chăm sóc: xác minh ngay trong ngày",
            en="A child lost both parents or has nobody to care for it: verify the same day",
        ),
        tone="danger",
        acts=(VERIFY, CARE_ENTER),
        model=OrphanCareRecord,
        looks=_alone,
        leads_to="orphan_care.detection",
        source=SOURCE,
    ),
    Alert(
        code="orphan_care.dossier_late",
        title=Text(
            vi="Hồ sơ đã nộp quá thời hạn giải quyết", en="A dossier is past the day to decide it"
        ),
        tone="warning",
        acts=(BENEFIT_ENTER,),
        model=Dossier,
        looks=_dossier,
        leads_to="orphan_care.dossier",
        settings={"dossier_decision_days": 30},  # [unverified]: the page gives no number
        source=SOURCE,
    ),
    Alert(
        code="orphan_care.benefit_ends",
        title=Text(
            vi="Trợ cấp sắp hết theo tuổi: rà soát việc học và quyền lợi của trẻ",
            en="An allowance is about to end by age: look at schooling and entitlement",
        ),
        tone="warning",
        acts=(BENEFIT_ENTER,),
        model=BenefitEntitlement,
        looks=_turns,
        leads_to="orphan_care.entitlement",
        settings={"birthday_notice_days": 60},
        source=SOURCE,
    ),
    Alert(
        code="orphan_care.month_unpaid",
        title=Text(
            vi="Chưa chi trả trợ cấp của tháng trước", en="The allowance of last month was not paid"
        ),
        tone="warning",
        acts=(BENEFIT_ENTER, BENEFIT_READ),
        model=BenefitEntitlement,
        looks=_unpaid,
        leads_to="orphan_care.entitlement",
        source=SOURCE,
    ),
    Alert(
        code="orphan_care.visit_due",
        title=Text(
            vi="Đến hạn thăm, rà soát gia đình nhận chăm sóc trẻ em",
            en="A visit to a family that cares for a child is due",
        ),
        tone="warning",
        acts=(CARE_ENTER,),
        model=CareArrangement,
        looks=_visit,
        leads_to="orphan_care.arrangement",
        source=SOURCE,
    ),
    Alert(
        code="orphan_care.disaster_unlisted",
        title=Text(
            vi="Thiên tai có trẻ em bị ảnh hưởng nhưng chưa lập danh sách",
            en="A disaster struck children and their list is not made yet",
        ),
        tone="danger",
        acts=(RELIEF_ENTER,),
        model=DisasterEvent,
        looks=_unlisted,
        leads_to="orphan_care.disaster",
        source=SOURCE,
    ),
)

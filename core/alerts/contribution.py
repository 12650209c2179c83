"""The alerts of core. Source: domain page of the programmes, §2.2 and §2.11.

Reports that are due have their reminders on the start page (``core.reports.year.reminders``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased

from core.alerts import own
from core.cases.models import Case
from core.cases.papers.models import APPROVE, WORK
from core.kit.language import Text
from core.money.models import ENTER as ENTER_MONEY
from core.money.models import READ as READ_MONEY
from core.money.models import BudgetStanding
from core.organisation.models import ENTER as ENTER_NETWORK
from core.organisation.models import Collaborator, Committee, StaffPost
from core.planning.models import MANAGE, ActivityResult, PlanActivity
from core.plugin_api.alerts import Alert, Attention, Moment
from core.profiles.models import Target, TenantProfile
from core.register.models import Child

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.tenancy.models import TenantOwned

SOURCE = "programmes §2.11"
_REGISTER: Final = ("core.child.enter",)
_ACTIVE, _NOT_REGISTERED = "active", "not_registered"


def _without_card(moment: Moment) -> Attention:
    """Under six, and without a card or with one that has run out."""
    no_card = or_(Child.health_insurance_card.is_(None), Child.insured_until <= moment.today)
    return Attention(
        where=and_(_there(), Child.small_until > moment.today, no_card), since=Child.registered_on
    )


def _unregistered(moment: Moment) -> Attention:
    days = moment.setting("birth_registration_days")
    return Attention(
        where=and_(
            _there(),
            Child.birth_registration == _NOT_REGISTERED,
            Child.date_of_birth <= moment.today - timedelta(days=days),
        ),
        since=Child.date_of_birth + days,
    )


def _turns_16(moment: Moment) -> Attention:
    days = moment.setting("birthday_notice_days")
    return Attention(
        where=and_(
            _there(),
            Child.child_until > moment.today,
            Child.child_until <= moment.today + timedelta(days=days),
        ),
        since=Child.child_until - days,
        due=Child.child_until,
    )


def _there() -> ColumnElement[bool]:
    return Child.status == _ACTIVE


def _below_minimum(moment: Moment) -> Attention:
    standing = BudgetStanding
    return Attention(
        where=and_(standing.year == moment.today.year, standing.meets.is_(False)),
        since=standing.from_day,
    )


def _no_result(moment: Moment) -> Attention:
    done = exists().where(ActivityResult.activity_id == PlanActivity.id)
    return Attention(
        where=and_(PlanActivity.due_on < moment.today, ~done), since=PlanActivity.due_on
    )


def _profile_ends(moment: Moment) -> Attention:
    """The latest profile ends, and no other follows it."""
    profile, later = TenantProfile, aliased(TenantProfile)
    days = moment.setting("profile_notice_days")
    followed = exists().where(later.valid_from > profile.valid_to)
    return Attention(
        where=and_(profile.valid_to <= moment.today + timedelta(days=days), ~followed),
        since=profile.valid_to - days,
        due=profile.valid_to,
    )


def _of_commune(code: str, vi: str, en: str, model: type[TenantOwned]) -> Alert:
    return Alert(
        code=code,
        title=Text(vi=vi, en=en),
        tone="warning",
        acts=(ENTER_NETWORK,),
        model=model,
        looks=None,
        leads_to="/attention",
        source=SOURCE,
    )


ALERTS: Final = (
    Alert(
        code="core.small_child_without_card",
        title=Text(
            vi="Trẻ em dưới 6 tuổi chưa có thẻ bảo hiểm y tế còn giá trị",
            en="A child under six has no valid health-insurance card",
        ),
        tone="warning",
        acts=_REGISTER,
        model=Child,
        looks=_without_card,
        leads_to="/children/{record}",
        source="programmes §2.2",
    ),
    Alert(
        code="core.birth_unregistered",
        title=Text(
            vi="Trẻ em quá thời hạn mà chưa được đăng ký khai sinh",
            en="A child's birth is not registered in time",
        ),
        tone="warning",
        acts=_REGISTER,
        model=Child,
        looks=_unregistered,
        leads_to="/children/{record}",
        settings={"birth_registration_days": 60},
        source=SOURCE,
    ),
    Alert(
        code="core.child_turns_16",
        title=Text(
            vi="Trẻ em sắp đủ 16 tuổi: rà soát chế độ, hồ sơ đang quản lý",
            en="A child is about to turn 16: look at what it receives and at open files",
        ),
        tone="warning",
        acts=_REGISTER,
        model=Child,
        looks=_turns_16,
        leads_to="/children/{record}",
        settings={"birthday_notice_days": 60},  # as for benefits, §6.9; §2.11 gives no number
        source=SOURCE,
    ),
    Alert(
        code=own.CASE_CLOCK,
        title=Text(
            vi="Hồ sơ trường hợp đã quá một thời hạn theo quy định",
            en="A statutory deadline of a case has run out",
        ),
        tone="danger",
        acts=(WORK, APPROVE),
        model=Case,
        looks=None,
        leads_to="/cases/{record}",
        source=SOURCE,
    ),
    Alert(
        code="core.unit_below_minimum",
        title=Text(
            vi="Đơn vị bố trí kinh phí dưới mức tối thiểu của năm",
            en="A unit set aside less than the year's minimum",
        ),
        tone="warning",
        acts=(READ_MONEY, ENTER_MONEY),
        model=BudgetStanding,
        looks=_below_minimum,
        leads_to="/money",
        source=SOURCE,
    ),
    Alert(
        code="core.activity_without_result",
        title=Text(
            vi="Hoạt động trong kế hoạch đã quá hạn mà chưa có kết quả",
            en="An activity of the plan is past its day without a result",
        ),
        tone="warning",
        acts=(MANAGE,),
        model=PlanActivity,
        looks=_no_result,
        leads_to="core.plan_activity",
        source=SOURCE,
    ),
    Alert(
        code="core.profile_ends",
        title=Text(
            vi="Cấu hình của tỉnh theo văn bản sắp hết hoặc đã hết hiệu lực",
            en="The profile by which the province works ends or has ended",
        ),
        tone="warning",
        acts=("core.programme.switch",),
        model=TenantProfile,
        looks=_profile_ends,
        leads_to=None,
        settings={"profile_notice_days": 60},  # design: the page gives no number
        source=SOURCE,
    ),
    _of_commune(
        own.NO_WORKER,
        "Xã chưa có người làm công tác bảo vệ trẻ em",
        "A commune has nobody who works for the protection of children",
        StaffPost,
    ),
    _of_commune(
        own.NO_COMMITTEE,
        "Xã chưa có ban, nhóm còn hiệu lực",
        "A commune has no committee with a valid decision",
        Committee,
    ),
    _of_commune(
        own.FEW_COLLABORATORS,
        "Xã có ít cộng tác viên hơn số tỉnh quy định",
        "A commune has fewer collaborators than the province plans for",
        Collaborator,
    ),
    Alert(
        code=own.LINEAGE_GAP,
        title=Text(
            vi="Xã đã giải thể, sáp nhập nhưng chưa ghi đơn vị kế tục: số liệu bị đứt đoạn",
            en="A commune ended and nothing says which unit took it: figures break off there",
        ),
        tone="warning",
        acts=(MANAGE,),
        model=Child,
        looks=None,
        leads_to=None,
        source=SOURCE,
    ),
    Alert(
        code=own.TARGET_MISSED,
        title=Text(
            vi="Chỉ tiêu của năm có khả năng không đạt theo nhịp độ hiện nay",
            en="A target of the year will likely be missed at this pace",
        ),
        tone="warning",
        acts=(MANAGE,),
        model=Target,
        looks=None,
        leads_to="/figures",
        # the school year ends (§3.7), and half of the year tells a pace
        settings={"target_notice_from_month": 6},
        source=SOURCE,
    ),
)

"""What must not be overlooked in the project. Source: domain page of the programmes, §8."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from core.plugin_api import Alert, Attention, Text
from ngo_enhance.models import (
    BeneficiaryChild,
    BeneficiaryExit,
    Project,
    ProjectService,
    ProjectSite,
)
from ngo_enhance.permissions import (
    ENTER_BENEFICIARY,
    ENTER_PROJECT,
    ENTER_SERVICE,
    READ_PROJECT,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Moment

SOURCE = "programmes §8"
_OWN_WORD = 7  # from this age the child agrees itself
_YOUNGEST = 5
_YEAR = timedelta(days=365)


def _consent(moment: Moment) -> Attention:
    """The child is old enough to agree itself, or has become so, and has not."""
    chosen = BeneficiaryChild
    old_enough = or_(
        chosen.age >= _OWN_WORD,
        *(
            and_(
                chosen.age == age,
                chosen.selected_on <= moment.today - (_OWN_WORD - age) * _YEAR,
            )
            for age in range(_YOUNGEST, _OWN_WORD)
        ),
    )
    return Attention(
        where=and_(_served(), old_enough, chosen.child_assent_on.is_(None)),
        since=chosen.selected_on,
    )


def _unserved(moment: Moment) -> Attention:
    """So many days since it was chosen or last served."""
    days = moment.setting("days_without_service")
    served = (
        select(func.max(ProjectService.given_on))
        .where(ProjectService.child_id == BeneficiaryChild.child_id)
        .scalar_subquery()
    )
    last = func.coalesce(served, BeneficiaryChild.selected_on)
    return Attention(
        where=and_(_served(), last <= moment.today - timedelta(days=days)),
        since=last,
        due=last + days,
    )


def _served() -> ColumnElement[bool]:
    """It is in the project: with consent, and not gone since."""
    gone = exists().where(
        BeneficiaryExit.child_id == BeneficiaryChild.child_id,
        BeneficiaryExit.left_on >= BeneficiaryChild.selected_on,
    )
    return and_(BeneficiaryChild.consented.is_(True), ~gone)


def _outside(moment: Moment) -> Attention:
    """The project works in a commune that no agreement in force names."""
    site = ProjectSite
    works = and_(
        site.from_day <= moment.today,
        or_(site.until_day.is_(None), site.until_day > moment.today),
    )
    return Attention(
        where=and_(works, site.commune_id.not_in(sorted(moment.agreed))), since=site.from_day
    )


def _ends(moment: Moment) -> Attention:
    days = moment.setting("project_end_days")
    return Attention(
        where=and_(
            Project.ends_on >= moment.today,
            Project.ends_on <= moment.today + timedelta(days=days),
        ),
        since=Project.ends_on - days,
        due=Project.ends_on,
    )


ALERTS = (
    Alert(
        code="ngo_enhance.consent_missing",
        title=Text(
            vi="Trẻ hưởng lợi từ 7 tuổi chưa có sự đồng ý của chính trẻ",
            en="A beneficiary of seven or more has not agreed itself",
        ),
        tone="danger",
        acts=(ENTER_BENEFICIARY,),
        model=BeneficiaryChild,
        looks=_consent,
        leads_to="ngo_enhance.beneficiary",
        source=SOURCE,
    ),
    Alert(
        code="ngo_enhance.without_service",
        title=Text(
            vi="Trẻ hưởng lợi lâu chưa được nhận dịch vụ của dự án",
            en="A beneficiary has had no service of the project for long",
        ),
        tone="warning",
        acts=(ENTER_SERVICE,),
        model=BeneficiaryChild,
        looks=_unserved,
        leads_to="ngo_enhance.beneficiary",
        settings={"days_without_service": 60},
        source=SOURCE,
    ),
    Alert(
        code="ngo_enhance.site_outside_agreement",
        title=Text(
            vi="Địa bàn dự án nằm ngoài thỏa thuận đang có hiệu lực",
            en="A site of the project lies outside the agreement in force",
        ),
        tone="danger",
        acts=(ENTER_PROJECT,),
        model=ProjectSite,
        looks=_outside,
        leads_to="ngo_enhance.project_site",
        source=SOURCE,
    ),
    Alert(
        code="ngo_enhance.project_ends",
        title=Text(vi="Dự án sắp kết thúc", en="The project is about to end"),
        tone="warning",
        acts=(ENTER_PROJECT, READ_PROJECT),
        model=Project,
        looks=_ends,
        leads_to="ngo_enhance.project",
        settings={"project_end_days": 90},  # design: the page gives no number
        source=SOURCE,
    ),
)

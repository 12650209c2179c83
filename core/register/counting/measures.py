"""The register's measures: children by age, card and birth registration, and those in groups."""

from __future__ import annotations

from core.db.base import DataClass
from core.kit.language import Text
from core.plugin_api.figures import Measure
from core.register.circumstances.groups import LAW_GROUPS
from core.register.circumstances.models import SpecialCircumstance
from core.register.counting.models import CircumstanceSpell, SupportedChild
from core.register.models import Child
from core.register.support.models import SupportDelivery
from core.register.support.options import SUPPORT

# Who left is counted up to that day; what was entered twice was never a child.
_REAL = Child.status.not_in(("merged", "duplicate"))
_BY_LAW = SpecialCircumstance.group_scheme == "LAW2016"


def _children(code: str, until: str, vi: str, en: str, where: object = None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=Child,
        kind="stock",
        date="registered_on",
        until=until,
        where=_REAL if where is None else _REAL & where,
        sex="sex",
    )


CHILDREN = _children(
    "core.children", "left_on", "Số trẻ em trong sổ quản lý", "Children in the register"
)
UNDER_16 = _children(
    "core.children_under_16", "child_until", "Số trẻ em dưới 16 tuổi", "Children under 16"
)
UNDER_6 = _children(
    "core.children_under_6", "small_until", "Số trẻ em dưới 6 tuổi", "Children under 6"
)
# From the sixth birthday on; until then a child is small, and who left before never came here.
SIX_TO_15 = Measure(
    code="core.children_6_to_15",
    name=Text(vi="Số trẻ em từ 6 đến dưới 16 tuổi", en="Children aged 6 to under 16"),
    model=Child,
    kind="stock",
    date="small_until",
    until="child_until",
    where=_REAL,
    sex="sex",
)
INSURED = _children(
    "core.children_insured",
    "insured_until",
    "Số trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế",
    "Children under 6 with a valid health-insurance card",
    Child.health_insurance_card.is_not(None),
)
BORN_REGISTERED = _children(
    "core.children_birth_registered",
    "child_until",
    "Số trẻ em được đăng ký khai sinh đúng hạn",
    "Children whose birth was registered in time",
    Child.birth_registration == "registered",
)
# A head count below the province next to the groups one may see would show the others.
IN_CIRCUMSTANCES = Measure(
    code="core.children_in_circumstances",
    name=Text(vi="Số trẻ em có hoàn cảnh đặc biệt", en="Children in special circumstances"),
    model=CircumstanceSpell,
    kind="stock",
    date="from_day",
    until="until_day",
    sex="sex",
    sensitivity=DataClass.RESTRICTED,
    source="programmes §2.3, §2.9",
)
SUPPORTED = Measure(
    code="core.children_supported",
    name=Text(
        vi="Số trẻ em có hoàn cảnh đặc biệt được trợ giúp",
        en="Children in special circumstances who were supported",
    ),
    model=SupportedChild,
    kind="flow",
    date="first_on",
    sex="sex",
    sensitivity=DataClass.RESTRICTED,
    source="programmes §2.9",
)
BY_GROUP = Measure(
    code="core.circumstances",
    name=Text(
        vi="Số lượt trẻ em theo nhóm hoàn cảnh đặc biệt không giữ kín",
        en="Children by group, groups not kept in confidence",
    ),
    model=SpecialCircumstance,
    kind="stock",
    date="from_date",
    until="to_date",
    where=_BY_LAW & SpecialCircumstance.confidential_key.is_(None),
    sex="sex",
    detail="group_code",
    detail_options=tuple(group.option for group in LAW_GROUPS if not group.is_confidential),
)
BY_CONFIDENTIAL_GROUP = Measure(
    code="core.confidential_circumstances",
    name=Text(
        vi="Số lượt trẻ em theo nhóm hoàn cảnh đặc biệt được giữ kín",
        en="Children by group, groups kept in confidence",
    ),
    model=SpecialCircumstance,
    kind="stock",
    date="from_date",
    until="to_date",
    where=_BY_LAW & SpecialCircumstance.confidential_key.is_not(None),
    sex="sex",
    detail="group_code",
    detail_options=tuple(group.option for group in LAW_GROUPS if group.is_confidential),
    sensitivity=DataClass.RESTRICTED,
)
DELIVERIES = Measure(
    code="core.support_deliveries",
    name=Text(vi="Số lượt hỗ trợ cho trẻ em", en="Supports given to children"),
    model=SupportDelivery,
    kind="flow",
    date="delivered_on",
    detail="support_type",
    detail_options=SUPPORT.options,
)
SUPPORT_SUM = Measure(
    code="core.support_vnd",
    name=Text(vi="Kinh phí hỗ trợ trẻ em", en="Money given in support of children"),
    model=SupportDelivery,
    kind="flow",
    date="delivered_on",
    where=SupportDelivery.amount_vnd.is_not(None),
    sums="amount_vnd",
    detail="support_type",
    detail_options=SUPPORT.options,
)

MEASURES = (
    CHILDREN,
    UNDER_16,
    UNDER_6,
    SIX_TO_15,
    INSURED,
    BORN_REGISTERED,
    IN_CIRCUMSTANCES,
    SUPPORTED,
    BY_GROUP,
    BY_CONFIDENTIAL_GROUP,
    DELIVERIES,
    SUPPORT_SUM,
)

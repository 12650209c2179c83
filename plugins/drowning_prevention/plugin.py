"""The programme's card and its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from plugins.drowning_prevention import alerts as watched
from plugins.drowning_prevention import demo as generated
from plugins.drowning_prevention import handovers as handing
from plugins.drowning_prevention import indicators as declared_figures
from plugins.drowning_prevention import measures as counted
from plugins.drowning_prevention import reports, services
from plugins.drowning_prevention.forms import FORMS
from plugins.drowning_prevention.permissions import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.plugin_api import (
        Alert,
        DemoWorld,
        Form,
        Gives,
        Indicator,
        Measure,
        ReportSection,
        RoleRights,
        Submission,
        SwitchContext,
        Takes,
    )

PLUGIN = PluginInfo(
    key="drowning_prevention",
    version="0.1.0",
    name=Text(
        vi="Phòng, chống tai nạn, thương tích và đuối nước trẻ em",
        en="Prevention of child injury and drowning",
    ),
    purpose=Text(
        vi="Giảm số trẻ em bị tai nạn, thương tích và đuối nước: ghi nhận từng vụ việc, biết nơi "
        "và nhóm tuổi nguy cơ để phòng ngừa.",
        en="Fewer children hurt or drowned: each accident is recorded, so that places and ages at "
        "risk are known and made safe.",
    ),
    legal_basis=(
        "Quyết định 1248/QĐ-TTg (Chương trình phòng, chống tai nạn, thương tích trẻ em 2021–2030)",
        "Chỉ thị 18/CT-TTg ngày 16/5/2017",
        "Quyết định 548/QĐ-LĐTBXH ngày 06/5/2011 (Ngôi nhà an toàn)",
        "Kế hoạch 303/KH-UBND ngày 16/6/2016 của tỉnh An Giang",
    ),
    owner="An Nhi",
    contact="README.md",
    api=">=1.4,<2",
    highest_class=DataClass.SENSITIVE,
    order=10,
)


@hookimpl
def forms() -> Sequence[Form]:
    """F-DRW-1 to F-DRW-7 and the places they speak of."""
    return FORMS


@hookimpl
def measures() -> Sequence[Measure]:
    """Injuries, Safe Home, swimming, hazards, flood season."""
    return counted.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """DRW-01 to DRW-13."""
    return declared_figures.INDICATORS


@hookimpl
def report_sections() -> Sequence[ReportSection]:
    """The programme's section."""
    return (reports.SECTION,)


@hookimpl
def roles() -> Sequence[RoleRights]:
    """Who enters and who reads."""
    return ROLES


@hookimpl
def alerts() -> Sequence[Alert]:
    """What must not be overlooked."""
    return watched.ALERTS


@hookimpl
def handovers() -> Sequence[Gives | Takes]:
    """What it takes up of others, and what it tells them."""
    return handing.HANDOVERS


@hookimpl
def demo_records(world: DemoWorld) -> Iterable[Submission]:
    """Generated records of every form."""
    return generated.records(world)


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Tell how many records would be sealed."""
    return services.left_behind(context)

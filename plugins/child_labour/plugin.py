"""The programme's card and its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from plugins.child_labour import alerts as watched
from plugins.child_labour import demo as generated
from plugins.child_labour import handovers as handing
from plugins.child_labour import indicators as declared_figures
from plugins.child_labour import measures as counted
from plugins.child_labour import reports, services
from plugins.child_labour.forms import FORMS
from plugins.child_labour.permissions import ROLES

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
    key="child_labour",
    version="0.1.0",
    name=Text(
        vi="Phòng ngừa, giảm thiểu lao động trẻ em",
        en="Prevention and reduction of child labour",
    ),
    purpose=Text(
        vi="Phát hiện trẻ em lao động trái quy định của pháp luật hoặc có nguy cơ, để hỗ trợ trẻ "
        "trở lại trường, học nghề và hỗ trợ gia đình.",
        en="Children working contrary to the law or at risk are found, so that they return to "
        "school or training and their families are supported.",
    ),
    legal_basis=(
        "Quyết định 782/QĐ-TTg (2021–2025, định hướng đến 2030)",
        "Bộ luật Lao động 2019, Điều 145 và Điều 147",
        "Thông tư 09/2020/TT-BLĐTBXH",
        "Quyết định 1023/QĐ-TTg ngày 07/6/2016 (2016–2020)",
        "Kế hoạch 500/KH-UBND ngày 23/9/2016 của tỉnh An Giang",
    ),
    owner="An Nhi",
    contact="README.md",
    api=">=1.4,<2",
    highest_class=DataClass.PERSONAL,
    order=20,
)


@hookimpl
def forms() -> Sequence[Form]:
    """F-LAB-1 to F-LAB-5 and what they build on."""
    return FORMS


@hookimpl
def measures() -> Sequence[Measure]:
    """Screenings, support, training, inspections, totals."""
    return counted.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """LAB-01 to LAB-13."""
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

"""The project's card and its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from ngo_enhance import alerts as watched
from ngo_enhance import demo as generated
from ngo_enhance import indicators as declared_figures
from ngo_enhance import log_frame, reports, services
from ngo_enhance import measures as counted
from ngo_enhance.forms import FORMS
from ngo_enhance.permissions import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.plugin_api import (
        Alert,
        DemoWorld,
        Export,
        Form,
        Indicator,
        Measure,
        ReportSection,
        RoleRights,
        Submission,
        SwitchContext,
    )

PLUGIN = PluginInfo(
    key="ngo_enhance",
    version="0.1.0",
    name=Text(vi="Dự án ENHANCE (ILO)", en="ENHANCE project (ILO)"),
    purpose=Text(
        vi="Dự án hỗ trợ kỹ thuật của ILO: quản lý trường hợp trẻ em hưởng lợi, học tập, học nghề, "
        "sinh kế, tập huấn cán bộ tại các xã trong thỏa thuận.",
        en="Technical support of the ILO: case management of beneficiaries, schooling, training, "
        "livelihoods and training of officers in the communes of its agreement.",
    ),
    legal_basis=(
        "Quyết định 535/QĐ-UBND (An Giang, 2018), mục B.I.4 và IV",
        "Thỏa thuận giữa tỉnh và dự án; thỏa thuận chia sẻ dữ liệu",
    ),
    owner="ILO, dự án ENHANCE",
    contact="README.md",
    api=">=1.3,<2",
    highest_class=DataClass.PERSONAL,
    requires=("child_labour",),
    order=60,
    project=True,
)


@hookimpl
def forms() -> Sequence[Form]:
    """F-ENH-0 to F-ENH-7."""
    return FORMS


@hookimpl
def measures() -> Sequence[Measure]:
    """Beneficiaries, services, training, communes."""
    return counted.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """ENH-01 to ENH-07."""
    return declared_figures.INDICATORS


@hookimpl
def report_sections() -> Sequence[ReportSection]:
    """The annex."""
    return (reports.SECTION,)


@hookimpl
def roles() -> Sequence[RoleRights]:
    """Who enters and who reads."""
    return ROLES


@hookimpl
def exports() -> Sequence[Export]:
    """The donor's log frame."""
    return (log_frame.EXPORT,)


@hookimpl
def alerts() -> Sequence[Alert]:
    """What must not be overlooked."""
    return watched.ALERTS


@hookimpl
def demo_records(world: DemoWorld) -> Iterable[Submission]:
    """Generated records of every form."""
    return generated.records(world)


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Tell how many records would be sealed."""
    return services.left_behind(context)

"""The programme's card and its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from plugins.sexual_abuse import alerts as watched
from plugins.sexual_abuse import demo as generated
from plugins.sexual_abuse import forms as declared_forms
from plugins.sexual_abuse import indicators as declared_figures
from plugins.sexual_abuse import measures as measured
from plugins.sexual_abuse import reports, services
from plugins.sexual_abuse.permissions import ROLES
from plugins.sexual_abuse.prevention import forms as prevention
from plugins.sexual_abuse.response import forms as response

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.plugin_api import (
        Alert,
        DemoWorld,
        Form,
        Indicator,
        Measure,
        ReportSection,
        RoleRights,
        Submission,
        SwitchContext,
    )

PLUGIN = PluginInfo(
    key="sexual_abuse",
    version="0.2.0",
    name=Text(vi="Phòng, chống xâm hại tình dục trẻ em", en="Response to child sexual abuse"),
    purpose=Text(
        vi="Tiếp nhận thông tin trẻ em bị xâm hại tình dục để bảo vệ trẻ trong 12 giờ; giữ bí mật "
        "tuyệt đối, chỉ báo cáo số liệu toàn tỉnh.",
        en="Notices of sexual abuse are received so that the child is protected within 12 hours; "
        "kept in confidence, with figures for the whole province alone.",
    ),
    legal_basis=(
        "Luật Trẻ em 2016",
        "Nghị định 56/2017/NĐ-CP ngày 09/5/2017",
        "Chỉ thị 18/CT-TTg ngày 16/5/2017",
        "Quyết định 1863/QĐ-TTg (2020–2025)",
        "Kế hoạch 257/KH-UBND ngày 11/5/2017 của tỉnh An Giang",
    ),
    owner="An Nhi",
    contact="README.md",
    api=">=1.3,<2",
    highest_class=DataClass.RESTRICTED,
    order=30,
)


@hookimpl
def forms() -> Sequence[Form]:
    """F-ABU-1 to F-ABU-8, and the entities that have a form of their own."""
    return (declared_forms.INTAKE, *response.FORMS, *prevention.FORMS)


@hookimpl
def measures() -> Sequence[Measure]:
    """Notices received; all restricted."""
    return measured.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """ABU-01 to ABU-13."""
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
def demo_records(world: DemoWorld) -> Iterable[Submission]:
    """Generated intakes."""
    return generated.records(world)


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Tell that records would be sealed."""
    return services.left_behind(context)

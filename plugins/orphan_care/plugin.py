"""The programme's card and its hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from plugins.orphan_care import alerts as watched
from plugins.orphan_care import demo as generated
from plugins.orphan_care import forms as declared_forms
from plugins.orphan_care import handovers as handing
from plugins.orphan_care import indicators as declared_figures
from plugins.orphan_care import measures as measured
from plugins.orphan_care import reports, services
from plugins.orphan_care.benefits import forms as benefits
from plugins.orphan_care.care import forms as care
from plugins.orphan_care.hiv import forms as hiv
from plugins.orphan_care.permissions import ROLES
from plugins.orphan_care.relief import forms as relief

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
    key="orphan_care",
    version="0.2.0",
    name=Text(
        vi="Chăm sóc trẻ em mồ côi, bị bỏ rơi và chăm sóc thay thế",
        en="Care of orphaned and abandoned children",
    ),
    purpose=Text(
        vi="Phát hiện trẻ em mồ côi, bị bỏ rơi, không nơi nương tựa và các nhóm của Đề án 647, để "
        "các em được chăm sóc tại gia đình, cộng đồng.",
        en="Orphaned, abandoned and unsupported children and the other groups of Decision 647 are "
        "found, so that they are cared for in families and communities.",
    ),
    legal_basis=(
        "Quyết định 1591/QĐ-TTg ngày 08/12/2023 (2023–2030)",
        "Quyết định 647/QĐ-TTg ngày 26/4/2013 (2013–2020)",
        "Luật Trẻ em 2016",
        "Quyết định 1676/QĐ-UBND ngày 29/9/2014 của tỉnh An Giang",
    ),
    owner="An Nhi",
    contact="README.md",
    api=">=1.4,<2",
    highest_class=DataClass.RESTRICTED,
    order=40,
)


@hookimpl
def forms() -> Sequence[Form]:
    """F-ORP-1 to F-ORP-8, and the entities that have a form of their own."""
    return (*declared_forms.FORMS, *care.FORMS, *benefits.FORMS, *relief.FORMS, *hiv.FORMS)


@hookimpl
def measures() -> Sequence[Measure]:
    """Children in care and newly detected, by group."""
    return measured.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """ORP-01 to ORP-12."""
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
    """Generated detections."""
    return generated.records(world)


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Tell how many records would be sealed."""
    return services.left_behind(context)

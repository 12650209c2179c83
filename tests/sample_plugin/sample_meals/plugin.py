"""The plugin's card and its hooks, each one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, PluginInfo, Text, hookimpl
from sample_meals import demo, figures, files, reports, services, watched
from sample_meals.classes import COOKING_CLASS_WITH_RULES
from sample_meals.forms import MEAL_ROUND
from sample_meals.permissions import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.plugin_api import (
        Alert,
        DemoWorld,
        EventContext,
        Export,
        Form,
        Indicator,
        Job,
        Measure,
        RecordView,
        ReportSection,
        RoleRights,
        Route,
        Submission,
        SwitchContext,
    )

PLUGIN = PluginInfo(
    key="sample_meals",
    version="0.1.0",
    name=Text(vi="Bữa ăn của trẻ em (chương trình mẫu)", en="Children's meals (sample)"),
    purpose=Text(
        vi="Chương trình mẫu để kiểm thử và hướng dẫn viết chương trình mới; dữ liệu tạo tự động.",
        en="A sample for tests and for authors of plugins; its records are generated.",
    ),
    legal_basis=("Chương trình mẫu, không có căn cứ pháp lý",),
    owner="An Nhi",
    contact="README.md",
    api=">=1.3,<2",
    highest_class=DataClass.RESTRICTED,
    order=900,
)


@hookimpl
def forms() -> Sequence[Form]:
    """The meal round and the cooking class."""
    return (MEAL_ROUND, COOKING_CLASS_WITH_RULES)


@hookimpl
def measures() -> Sequence[Measure]:
    """Meals served."""
    return figures.measures()


@hookimpl
def indicators() -> Sequence[Indicator]:
    """SMP-01."""
    return figures.INDICATORS


@hookimpl
def report_sections() -> Sequence[ReportSection]:
    """The plugin's section."""
    return (reports.SECTION,)


@hookimpl
def routes() -> Sequence[Route]:
    """The meals of a period."""
    return services.ROUTES


@hookimpl
def roles() -> Sequence[RoleRights]:
    """Who enters and who reads."""
    return ROLES


@hookimpl
def jobs() -> Sequence[Job]:
    """The thanks."""
    return services.JOBS


@hookimpl
def exports() -> Sequence[Export]:
    """The meals of a year."""
    return (files.MEALS_FILE,)


@hookimpl
def alerts() -> Sequence[Alert]:
    """Children who went without a meal."""
    return (watched.WENT_WITHOUT,)


@hookimpl
def demo_records(world: DemoWorld) -> Iterable[Submission]:
    """Generated meal rounds."""
    return demo.records(world)


@hookimpl
def on_record_saved(context: EventContext, record: RecordView) -> None:
    """Ask for the thanks."""
    services.thank_later(context, record)


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Tell how many meal rounds would be sealed."""
    return services.left_behind(context)

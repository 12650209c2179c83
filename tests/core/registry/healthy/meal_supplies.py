"""A second plugin, which needs the sample plugin on and answers the same hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import DataClass, Job, PluginInfo, Text, hookimpl

if TYPE_CHECKING:
    from core.plugin_api import EventContext, RecordView, SwitchContext

PLUGIN = PluginInfo(
    key="meal_supplies",
    version="0.1.0",
    name=Text(vi="Thực phẩm (chương trình mẫu)", en="Meal supplies (sample)"),
    purpose=Text(vi="Chỉ để kiểm thử.", en="For tests only."),
    legal_basis=("Không có",),
    owner="An Nhi",
    contact="README.md",
    api=">=1.0,<2",
    highest_class=DataClass.INTERNAL,
    requires=("sample_meals",),
    order=901,
)


@hookimpl
def jobs() -> tuple[Job, ...]:
    """One job."""
    return (Job(code="meal_supplies.order", run=print),)


@hookimpl
def on_record_saved(context: EventContext, record: RecordView) -> None:
    """Ask for the job, whatever was stored."""
    context.enqueue("meal_supplies.order", str(record.record_id))


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Always leave something open; counts nothing."""
    del context
    return Text(vi="Còn đơn hàng.", en="Orders are open.")

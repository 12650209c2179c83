"""The card, the declarations and the hooks; each part asks first whether it is in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import (
    Count,
    DataClass,
    Export,
    Field,
    Form,
    Indicator,
    Job,
    Measure,
    Paragraph,
    Part,
    PluginInfo,
    ReportSection,
    RoleRights,
    Route,
    Table,
    Text,
    answer,
    hookimpl,
)
from troubled.models import Visit
from troubled.trouble import trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from core.plugin_api import (
        Block,
        EventContext,
        ExportContext,
        Fault,
        JobContext,
        Records,
        RecordView,
        RouteContext,
        SectionContext,
        SwitchContext,
    )

ENTER, READ = "troubled.visit.enter", "troubled.visit.read"
_NAME = Text(vi="Chương trình trục trặc", en="Troubled programme")

PLUGIN = PluginInfo(
    key="troubled",
    version="1.0.0",
    name=_NAME,
    purpose=Text(vi="Để kiểm thử.", en="For tests."),
    legal_basis=("Không có",),
    owner="An Nhi",
    contact="README.md",
    api=">=1.2,<2",
    highest_class=DataClass.INTERNAL,
    order=950,
)


def _compute(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    trouble("compute")
    return {"twice": 2 * answers["people"]}


def _verify(records: Records, _answers: Mapping[str, Any]) -> Iterable[Fault]:
    trouble("verify")
    records.find("troubled.visit", answer("people").at_least(0))
    return ()


def _makes(_records: Records, _row: Any) -> Iterable[Any]:
    trouble("makes")
    return ()


def _prefill(_records: Records, _answers: Mapping[str, Any]) -> Mapping[str, Any]:
    trouble("prefill")
    return {"people": 7}


_VISIT = Form(
    code="troubled.visit",
    number="F-TRB-1",
    title=Text(vi="Phiếu thăm", en="Visit"),
    purpose=Text(vi="Để kiểm thử.", en="For tests."),
    model=Visit,
    parts=(
        Part(
            Text(vi="Lần thăm", en="The visit"),
            (
                Field(name="held_on", label=Text("Ngày", "Day"), kind="date", required=True),
                Field(
                    name="commune_id", label=Text("Xã", "Commune"), kind="commune", required=True
                ),
                Field(
                    name="people", label=Text("Số người", "People"), kind="integer", required=True
                ),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "people"),
    enters=ENTER,
    sees=READ,
    compute=_compute,
    verify=_verify,
    makes=_makes,
    prefill=_prefill,
)


@hookimpl
def forms() -> Sequence[Form]:
    """The visit."""
    return (_VISIT,)


@hookimpl
def measures() -> Sequence[Measure]:
    """People met."""
    return (
        Measure(
            code="troubled.people",
            name=Text(vi="Số người đã gặp", en="People met"),
            model=Visit,
            kind="flow",
            date="held_on",
            sums="people",
            source="F-TRB-1",
        ),
    )


@hookimpl
def indicators() -> Sequence[Indicator]:
    """TRB-01."""
    return (
        Indicator(
            code="TRB-01",
            name=Text(vi="Số người đã gặp", en="People met"),
            definition=Text(vi="Tổng số người đã gặp trong kỳ.", en="All people met."),
            unit=Text(vi="người", en="people"),
            direction="up",
            frequency=("Q", "H", "Y"),
            formula=Count("troubled.people"),
            source="F-TRB-1",
        ),
    )


def _write(context: SectionContext) -> Sequence[Block]:
    trouble("section")
    figure = context.indicator("TRB-01")
    return (Paragraph(Text(vi="Đã gặp người dân.", en="People were met."), (figure,)),)


@hookimpl
def report_sections() -> Sequence[ReportSection]:
    """One sentence."""
    return (ReportSection(code="troubled.section", title=_NAME, write=_write, order=950),)


def _people_met(context: RouteContext) -> Mapping[str, Any]:
    trouble("route")
    return {"people": context.measure("troubled.people", "2018").count}


@hookimpl
def routes() -> Sequence[Route]:
    """People met."""
    return (Route(code="troubled.people_met", path="people", permission=READ, answer=_people_met),)


@hookimpl
def roles() -> Sequence[RoleRights]:
    """Who enters and reads."""
    return (
        RoleRights("commune_worker", frozenset({ENTER, READ})),
        RoleRights("province_officer", frozenset({READ})),
    )


def _file(context: ExportContext) -> Table:
    trouble("export")
    return Table(_NAME, (Text("Số người", "People"),), ((context.indicator("TRB-01"),),))


@hookimpl
def exports() -> Sequence[Export]:
    """People met in a year."""
    return (Export(code="troubled.file", title=_NAME, purpose=_NAME, permission=READ, write=_file),)


def _run(context: JobContext, record_id: str) -> None:
    trouble("job")
    context.note(f"seen {record_id}")


@hookimpl
def jobs() -> Sequence[Job]:
    """Looks at a visit."""
    return (Job(code="troubled.look", run=_run),)


@hookimpl
def on_record_saved(context: EventContext, record: RecordView) -> None:
    """Asks for the look, and may fail after that."""
    if record.form_code == "troubled.visit":
        context.enqueue("troubled.look", str(record.record_id))
    trouble("event")


@hookimpl
def check_switch_off(context: SwitchContext) -> Text | None:
    """Nothing is left open, if that can be said at all."""
    trouble("switch")
    context.count("troubled.visit")
    return None

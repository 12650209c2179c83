"""``annhi figures …``, ``annhi report …``, ``annhi ministry show``: the main job, scriptable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.aggregate.national import due_codes, national
from core.aggregate.scope import ministry_scope
from core.cli.configuration import JsonOption, TenantOption
from core.cli.shell import as_json, platform, tell
from core.demo.papers import indicators_with_formula, the_program
from core.demo.service import recount_everything
from core.indicators.count import verify
from core.indicators.door import FigureDoor
from core.kit.numbers import format_number
from core.kit.periods import Period
from core.reports.build import build_report
from core.reports.formats import parse_format, render
from core.reports.freeze import require_whole
from core.reports.html import figure_text
from core.reports.service import list_reports, open_report
from core.reports.source import source_for
from core.reports.year.states import DRAFT, ReportState
from core.reports.year.steps import take_step
from core.tenancy.reach import Reach

PeriodOption = Annotated[str, typer.Option("--period", help="As 2018-H1, 2018-Q2 or 2018.")]

figures = typer.Typer(help="Figures counted from the records.", no_args_is_help=True)
reports = typer.Typer(help="Periodic reports.", no_args_is_help=True)
ministry = typer.Typer(help="The national sum of released figures.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the groups of this module."""
    app.add_typer(figures, name="figures")
    app.add_typer(reports, name="report")
    app.add_typer(ministry, name="ministry")


@figures.command("refresh")
def refresh(tenant: TenantOption) -> None:
    """Count now what waits to be counted."""
    with platform() as made:
        cells = recount_everything(made, made.tenant(tenant).id)
    tell(f"{cells} cells counted.")


@figures.command("verify")
def verify_figures(tenant: TenantOption) -> None:
    """Count everything again from the records; ends with 1 when a cell differs."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, reach=Reach.counting()) as session:
            differences = verify(session, made.registry.catalogue.measures.values())
    for difference in differences:
        tell(str(difference))
    tell(f"{len(differences)} differences." if differences else "Every cell agrees.")
    sys.exit(1 if differences else 0)


@figures.command("show")
def show(tenant: TenantOption, period: PeriodOption, *, json: JsonOption = False) -> None:
    """The indicators of a province in a period."""
    window = Period.parse(period).window
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            door = FigureDoor(session, made.registry.catalogue)
            read = {c: door.indicator(c, window) for c in indicators_with_formula(made)}
    if json:
        as_json({c: {"state": f.state.value, "value": f.value} for c, f in read.items()})
        return
    for code, figure in read.items():
        name = made.registry.catalogue.indicators[code].name.vi
        tell(f"{code:<8} {figure_text(figure):>12}  {name}")


@reports.command("list")
def list_them(tenant: TenantOption, *, json: JsonOption = False) -> None:
    """The reports of a province."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            lines = [
                {"period": r.period_code, "state": r.state, "cut_off": str(r.cut_off)}
                for r in list_reports(session)
            ]
    if json:
        as_json(lines)
        return
    for line in lines:
        tell(f"{line['period']:<10} {line['state']:<10} {line['cut_off']}")


@reports.command("build")
def build(
    tenant: TenantOption,
    period: PeriodOption,
    form: Annotated[str, typer.Option("--format", help="html, docx, pdf or xlsx.")] = "html",
    out: Annotated[Path | None, typer.Option(help="A file; standard output if left out.")] = None,
) -> None:
    """Write the report of a period as it stands."""
    wanted = parse_format(form)
    chosen = Period.parse(period)
    with platform() as made:
        found = made.tenant(tenant)
        recount_everything(made, found.id)
        with made.door.tenant_session(found.id) as session:
            source = source_for(
                session,
                found,
                made.registry.catalogue,
                chosen,
                generated=made.settings.generated_data,
            )
            report = open_report(session, chosen)
            if report.state == ReportState.OPEN:
                take_step(
                    session,
                    report,
                    DRAFT,
                    principal=the_program(found),
                    now=made.clock.now(),
                    source=lambda: source,
                )
            document = build_report(session, report, source)
            if report.is_frozen:
                require_whole(document)
            paper = render(document, wanted)
    if out is None:
        sys.stdout.buffer.write(paper.content)
    else:
        # what is half written never bears the file's name
        partial = out.with_name(f"{out.name}.part")
        partial.write_bytes(paper.content)
        partial.replace(out)
        tell(f"Written: {out}")


@ministry.command("show")
def show_nation(period: PeriodOption, *, json: JsonOption = False) -> None:
    """The sum over the provinces that have released, with how many they are."""
    chosen = Period.parse(period)
    with (
        platform() as made,
        ministry_scope(made.ministry_engine, "command line: ministry show") as session,
    ):
        table = national(session, chosen, due_codes(made.registry.catalogue, chosen))
    if json:
        as_json(
            {
                row.code: {
                    "state": row.figure.state.value,
                    "value": row.figure.value,
                    "contributing": row.contributing,
                }
                for row in table.rows
            }
        )
        return
    tell(f"{table.released} of {format_number(len(table.provinces))} provinces have released.")
    for row in table.rows:
        name = made.registry.catalogue.indicators[row.code].name.vi
        tell(f"{row.code:<8} {figure_text(row.figure):>12}  ({row.contributing})  {name}")

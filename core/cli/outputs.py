"""``annhi report export``, ``annhi figures publish`` and ``annhi ministry board``."""

from __future__ import annotations

import json as encoder
import sys
from pathlib import Path
from typing import Annotated

import typer

from core.aggregate.board import board
from core.aggregate.dhis2 import data_value_set
from core.aggregate.scope import ministry_scope
from core.areas.repository import communes_of
from core.cli.configuration import JsonOption, TenantOption
from core.cli.figures import PeriodOption, figures, ministry, reports
from core.cli.shell import as_json, platform, tell
from core.demo.service import recount_everything
from core.indicators.door import FigureDoor
from core.indicators.published import publish
from core.kit.errors import MalformedError
from core.kit.language import Text
from core.kit.periods import Period
from core.profiles.repository import profile_on
from core.tenancy.session import TenantSession

DHIS2 = "dhis2"


def register() -> None:
    """Add the commands to their groups."""
    reports.command("export")(export)
    figures.command("publish")(publish_year)
    ministry.command("board")(show_board)


def export(
    tenant: TenantOption,
    period: PeriodOption,
    form: Annotated[str, typer.Option("--format", help="dhis2.")] = DHIS2,
    out: Annotated[Path | None, typer.Option(help="A file; standard output if left out.")] = None,
) -> None:
    """A released report for another system, as a DHIS2 data value set."""
    if form != DHIS2:
        raise MalformedError(_FORMAT)
    chosen = Period.parse(period)
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            made_set = data_value_set(session, chosen)
    written = encoder.dumps(made_set, ensure_ascii=False, indent=1)
    if out is None:
        sys.stdout.write(f"{written}\n")
    else:
        out.write_text(written, encoding="utf-8")
        tell(f"Written: {out}")


def publish_year(
    tenant: TenantOption,
    year: Annotated[int, typer.Option(help="A year that is over.", min=1900, max=2199)],
) -> None:
    """Protect the counts of a year and publish them for partners and the public, once."""
    with platform() as made:
        found = made.tenant(tenant)
        recount_everything(made, found.id)
        with made.door.tenant_session(found.id) as session:
            door = FigureDoor(session, made.registry.catalogue)
            places = _communes(session, Period(year, "year", 1))
            cells = sum(
                publish(session, door, measure, year, communes=places, now=made.clock.now())
                for measure in made.registry.catalogue.measures.values()
            )
    tell(f"{cells} cells published.")


def show_board(
    year: Annotated[int, typer.Option(help="The year reported on.", min=1900, max=2199)],
    *,
    json: JsonOption = False,
) -> None:
    """How each province's reports on a year stand today."""
    with (
        platform() as made,
        ministry_scope(made.ministry_engine, "command line: ministry board") as session,
    ):
        shown = board(session, year, today=made.clock.today())
    lines = {
        row.province.slug: {
            period.code: {"state": cell.state.value, "days": cell.days, "late": cell.late_days}
            for period, cell in zip(shown.periods, row.standings, strict=True)
        }
        for row in shown.rows
    }
    if json:
        as_json(lines)
        return
    for slug, cells in lines.items():
        for code, cell in cells.items():
            days = "" if cell["days"] is None else f"{cell['days']} days"
            tell(f"{slug:<20} {code:<8} {cell['state']:<10} {days}")


def _communes(session: TenantSession, year: Period) -> tuple[int, ...]:
    """The communes of the province at the end of a year."""
    profile = profile_on(session, year.window.end)
    if profile is None or profile.area_id is None:
        return ()
    return tuple(area.id for area in communes_of(session, profile.area_id, year.window.end))


_FORMAT = Text(
    vi="Chỉ xuất được theo định dạng dhis2; tệp docx, pdf, xlsx do `annhi report build` viết.",
    en="A report is exported as dhis2 only; `annhi report build` writes docx, pdf and xlsx.",
)

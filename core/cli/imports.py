"""``annhi import children``: a list of children from a workbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.cli.configuration import JsonOption, TenantOption
from core.cli.shell import as_json, out, platform, tell
from core.imports.inline import InlineImport
from core.kit.errors import MalformedError

imports = typer.Typer(help="Lists from workbooks.", no_args_is_help=True)
_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(imports, name="import")


@imports.callback()
def group() -> None:
    """Lists from workbooks."""


@imports.command("children")
def children(
    file: Annotated[Path, typer.Argument(help="A workbook (XLSX).", exists=True, dir_okay=False)],
    tenant: TenantOption,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell everything and store nothing.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Correct children of the register by their codes.")
    ] = False,
    allow_doubles: Annotated[
        bool,
        typer.Option(
            "--allow-doubles",
            help="Take in rows that are like a child of the register or of the file as well: each "
            "is another child.",
        ),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Take children in; ends with 1 when a row was not taken in, and says why.

    Given again after it was cut off, it goes on where it stood.
    """
    if update and allow_doubles:
        raise typer.BadParameter("--update makes no new children: there are no doubles.")
    with platform() as made:
        work = InlineImport(
            made.door, made.registry, made.queue, made.clock, made.tenant(tenant).id
        )
        with out.status("…") as status:
            import_id = work.run(
                file.read_bytes(),
                updates=update,
                dry_run=dry_run,
                others=allow_doubles,
                tell=lambda done, total: status.update(f"{100 * done // max(total, 1)} %"),
            )
        seen, findings = work.outcome(import_id)
    if seen.refusal is not None:
        raise MalformedError(seen.refusal)
    if json:
        lines = [{"row": one.row, "kind": one.kind, "reason": one.reason("vi")} for one in findings]
        as_json({"dry_run": dry_run, **seen.counts, "findings": lines})
    else:
        if dry_run:
            tell("Nothing was stored: this was a dry run.")
        tell(", ".join(f"{name}: {count}" for name, count in seen.counts.items()))
        for one in findings[:_SHOWN]:
            tell(f"{one.row:>7}  {one.reason('vi')}")
        if len(findings) > _SHOWN:
            tell(f"… and {len(findings) - _SHOWN} more; --json tells all of them.")
    sys.exit(1 if findings else 0)

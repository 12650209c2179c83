"""``annhi access table``: who may see and do what, as the running program decides it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.cli.shell import platform, tell

ToFile = Annotated[Path | None, typer.Option("--out", help="Write it to a file.")]

access = typer.Typer(help="Who may see and do what.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(access, name="access")


@access.callback()
def _group() -> None:
    """Keep the group a group while it has one command."""


@access.command("table")
def table(out: ToFile = None) -> None:
    """The role table: roles, rights, classes, rows, fields and routes, as Markdown."""
    from core.access.role_table import role_table
    from core.app import create_app
    from core.web.routing import declared_routes

    with platform() as made:
        routes = [(route.name, route.right) for route in declared_routes(create_app(made))]
        text = role_table(made.registry, routes)
    if out is None:
        tell(text.rstrip())
        return
    out.write_text(text, encoding="utf-8")
    tell(f"Wrote {out}.")

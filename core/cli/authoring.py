"""``annhi plugin new`` and ``annhi plugin check``: for authors of plugins."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.cli.shell import as_json, settings, tell


def register(plugins: typer.Typer) -> None:
    """Add the commands to the group ``annhi plugin``."""
    plugins.command("new")(new_plugin)
    plugins.command("check")(check_plugin)


def new_plugin(
    key: Annotated[str, typer.Argument(help="The plugin's key, as parent_talks.")],
    folder: Annotated[
        Path | None, typer.Option("--dir", help="An empty folder; ./KEY if left out.")
    ] = None,
) -> None:
    """Write a working plugin to begin from: one form, one indicator, one section."""
    from core.authoring.new import write_plugin

    where = folder or Path(key)
    written = write_plugin(key, where)
    tell(f"{len(written)} files written to {where}.")
    tell(f"Next: pip install -e {where}, then annhi plugin check {key}.")


def check_plugin(
    key: Annotated[
        str | None, typer.Argument(help="An installed plugin; with --path it may be left out.")
    ] = None,
    *,
    path: Annotated[
        Path | None,
        typer.Option("--path", help="The folder of a plugin not installed yet, or its .toml file."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Prove a plugin safe and sound on a scratch database; exit code 1 when anything is found."""
    from core.authoring.apart import check_apart

    if key is None and path is None:
        raise typer.BadParameter("name an installed plugin, or give a folder with --path.")
    found = check_apart(key, path.resolve() if path else _declared(str(key)))
    if json:
        as_json([asdict(one) for one in found])
    else:
        for one in found:
            tell(one.line)
        name = key or str(path)
        count = f"{len(found)} {'finding' if len(found) == 1 else 'findings'}."
        tell(f"{name}: {count if found else 'nothing to find fault with.'}")
    if found:
        raise typer.Exit(1)


def _declared(key: str) -> Path | None:
    """The file of an installed plugin that is declared; ``None`` for one in Python."""
    file = settings().declared_plugins / f"{key}.toml"
    return file if file.is_file() else None

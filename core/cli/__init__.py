"""The command line: ``annhi …``; every failure is one plain sentence and a non-zero exit."""

from __future__ import annotations

import sys

import typer

from core.cli import configuration, database, figures, running
from core.kit.errors import PlatformError

app = typer.Typer(
    name="annhi",
    help="An Nhi: the platform for Viet Nam's child-protection programmes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
running.register(app)
database.register(app)
configuration.register(app)
figures.register(app)


def main() -> None:
    """The entry point of the program."""
    try:
        app(standalone_mode=True)
    except PlatformError as error:
        typer.echo(f"annhi: {error.message.en}", err=True)
        sys.exit(1)

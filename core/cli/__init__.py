"""The command line: ``annhi …``; every failure is one plain sentence and a non-zero exit."""

from __future__ import annotations

import sys

import typer
from sqlalchemy.exc import OperationalError, ProgrammingError

from core.cli import (
    access,
    accounts,
    audit,
    bench,
    configuration,
    database,
    figures,
    imports,
    keys,
    machines,
    outputs,
    partners,
    plugins,
    providers,
    running,
)
from core.db.engine import unreachable
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
plugins.register(app)
figures.register(app)
outputs.register()
bench.register(app)
audit.register(app)
partners.register(app)
accounts.register(app)
imports.register(app)
keys.register(app)
providers.register(app)
machines.register(app)
access.register(app)


def main() -> None:
    """The entry point of the program."""
    try:
        app(standalone_mode=True)
    except PlatformError as error:
        _end(error.message.en)
    except OperationalError as error:
        _end(unreachable(error))
    except ProgrammingError:
        _end("The database lacks what this version needs; run `annhi migrate`.")
    except OSError as error:
        _end(f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}.")


def _end(sentence: str) -> None:
    typer.echo(f"annhi: {sentence}", err=True)
    sys.exit(1)

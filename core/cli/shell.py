"""What every command needs: the settings, a platform that closes itself, and ways to tell."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from core.platform import Platform, load_registry, start
from core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

out = Console(highlight=False, soft_wrap=True)


def settings() -> Settings:
    """The settings of the environment."""
    return Settings.from_environment(os.environ)


@contextmanager
def platform() -> Iterator[Platform]:
    """A started platform, closed at the end of the command."""
    made = start(settings(), registry=load_registry(settings()))
    try:
        yield made
    finally:
        made.close()


def tell(line: str) -> None:
    """One line of progress."""
    out.print(line, markup=False)


def tell_beside(line: str) -> None:
    """One line of progress, on standard error: the answer on standard output is for a program."""
    typer.echo(line, err=True)


def as_json(value: Any) -> None:
    """One JSON value on standard output, Vietnamese letters as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))

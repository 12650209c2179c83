"""``annhi keys …``: the keys of the sealed columns; none is ever printed."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from core.cli.configuration import JsonOption
from core.cli.shell import as_json, out, platform, settings, tell
from core.db.engine import make_engine
from core.db.logins import Login
from core.kit.errors import ConflictError
from core.rekeying.jobs import RESEAL
from core.rekeying.repository import hold_back_writers
from core.rekeying.service import Position, count_by_key, reseal
from core.vault.key_file import KeyFile, key_file
from core.vault.keys import KeyRing, fresh_ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.platform import Platform

Background = Annotated[
    bool, typer.Option("--background", help="Leave the work to the workers and return at once.")
]

keys = typer.Typer(help="The keys of the sealed columns.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(keys, name="keys")


@keys.command("list")
def list_keys(*, json: JsonOption = False) -> None:
    """The keys by number, and how many values are sealed with each."""
    with platform() as made:
        ring = made.vault.ring
        counted = _counted(made)
    lines = [
        {
            "key": number,
            "current": number == ring.current.number,
            "in_ring": number in ring.numbers,
            "values": counted[number],
        }
        for number in sorted({*ring.numbers, *counted})
    ]
    if json:
        as_json({"keys": lines})
        return
    for line in lines:
        state = "current" if line["current"] else "" if line["in_ring"] else "MISSING"
        tell(f"{line['key']:>6}  {line['values']:>10} values  {state}".rstrip())


@keys.command("new")
def new() -> None:
    """Add a key to the file, which is made if it is not there; it is used from `rotate` on."""
    file = key_file(settings())
    there = file.path.exists()
    ring = file.read().with_new() if there else fresh_ring()
    file.write(ring)
    number = ring.numbers[-1]
    tell(f"Key {number} is in {file.path}. Keep a copy in a safe place, apart from the backups.")
    if there:
        tell(f"Bring the file to every host, then run `annhi keys rotate` to use key {number}.")


@keys.command("rotate")
def rotate(*, background: Background = False) -> None:
    """Use the newest key, and re-seal everything with it; goes on where it was interrupted."""
    file = key_file(settings())
    with platform() as made:
        ring = _led_by_newest(file)
        tell(f"Key {ring.current.number} is the current one.")
        if background:
            for tenant in made.tenants():
                with made.door.tenant_session(tenant.id) as session:
                    made.queue.enqueue(session, RESEAL)
            tell("The workers re-seal; `annhi keys list` shows how far they are.")
            return
        _reseal_all(made, ring)
        left = _counted(made, but=ring.current.number)
    if left:
        raise ConflictError(
            f"{left.total()} values were sealed with other keys meanwhile; run it again."
        )
    tell("Everything is sealed with the current key.")


@keys.command("retire")
def retire(number: Annotated[int, typer.Argument(help="The number of the key.")]) -> None:
    """Take a key out of the file, once nothing is sealed with it any more.

    Raises:
        ConflictError: it is the current key, or values are sealed with it; says how many.
    """
    file = key_file(settings())
    ring = file.read()
    if number == ring.current.number:
        raise ConflictError(f"Key {number} is the current one; run `annhi keys rotate` first.")
    with platform() as made, _nobody_writes(made):
        left = _counted(made)[number]
        if left:
            raise ConflictError(
                f"{left} values are still sealed with key {number}; run `annhi keys rotate`."
            )
        file.write(ring.without(number))
    tell(f"Key {number} is out of {file.path}. Older backups of the database still need it.")


def _led_by_newest(file: KeyFile) -> KeyRing:
    ring = file.read()
    newest = max(ring.numbers)
    if ring.current.number != newest:
        ring = ring.led_by(newest)
        file.write(ring)
    return ring


def _reseal_all(made: Platform, ring: KeyRing) -> None:
    left = _counted(made, but=ring.current.number).total()
    with Progress(console=out) as progress:
        bar = progress.add_task("Re-sealing", total=left)
        for tenant in made.tenants():
            position: Position | None = Position()
            while position is not None:
                with made.door.tenant_session(tenant.id) as session:
                    step = reseal(session, position)
                position = step.next
                progress.advance(bar, step.resealed)


def _counted(made: Platform, *, but: int | None = None) -> Counter[int]:
    counted: Counter[int] = Counter()
    for tenant in made.tenants():
        with made.door.tenant_session(tenant.id, read_only=True) as session:
            counted += count_by_key(session)
    if but is not None:
        del counted[but]
    return counted


@contextmanager
def _nobody_writes(made: Platform) -> Iterator[None]:
    """Wait for those who are writing and hold back those who want to: the count is then true."""
    owner = make_engine(made.addresses.url(Login.MIGRATOR))
    try:
        with owner.begin() as connection:
            hold_back_writers(connection)
            yield
    finally:
        owner.dispose()

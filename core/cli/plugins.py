"""``annhi plugin …``: what is installed and how it fares; and the authors' commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli import authoring
from core.cli.shell import as_json, platform, settings, tell
from core.platform import load_registry
from core.registry.calls import policy_of
from core.registry.enablement import enabled_keys
from core.registry.health import clear, health
from core.removal import (
    RemovalRefusedError,
    archived_rows,
    drop_for_good,
    keep_for_archive,
    left_behind,
    read_archive,
)

if TYPE_CHECKING:
    from core.registry.health import Health
    from core.registry.service import Registry

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
KeyArgument = Annotated[str, typer.Argument(help="The plugin's key, as parent_talks.")]

plugins = typer.Typer(help="The installed plugins.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(plugins, name="plugin")
    authoring.register(plugins)


@plugins.command("list")
def list_plugins(
    *,
    states: Annotated[
        bool,
        typer.Option("--states", help="Also where each is on and how it fares; asks the database."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """The installed plugins, with version, API range and owner; on request where they are on."""
    registry: Registry = load_registry(settings())
    known = _states() if states else {}
    lines = [
        {
            "key": info.key,
            "version": info.version,
            "api": info.api,
            "owner": info.owner,
            "requires": list(info.requires),
            **(_state(info.key, known) if states else {}),
        }
        for info in registry.plugins
    ]
    if json:
        as_json(lines)
        return
    for line in lines:
        where = f"  on in: {', '.join(line['on_in']) or '–'}" if states else ""
        tell(f"{line['key']:<24} {line['version']:<8} API {line['api']:<10} {line['owner']}{where}")
        for slug, failed in line.get("failed", {}).items():
            tell(f"  {slug}: {failed['said']}")


@plugins.command("resume")
def resume_plugin(
    key: KeyArgument,
    tenant: Annotated[
        str | None, typer.Option("--tenant", help="One province; all if left out.")
    ] = None,
) -> None:
    """Put a plugin back into service: its failed calls so far count no more."""
    with platform() as made:
        made.registry.info(key)
        for found in made.tenants() if tenant is None else (made.tenant(tenant),):
            with made.door.tenant_session(found.id) as session:
                cleared = clear(session, key)
            if cleared:
                tell(f"{found.slug}: {cleared} failed calls of {key} count no more.")
    tell(f"{key} is in service.")


@plugins.command("remove")
def remove_plugin(
    key: KeyArgument,
    *,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave its data to the archive's login alone.")
    ] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Drop its data for good.")] = False,
    again: Annotated[
        str | None, typer.Option("--confirm", help="The key again, instead of being asked.")
    ] = None,
) -> None:
    """Take away the data of a plugin that is off everywhere and no longer installed."""
    if keep == drop:
        raise RemovalRefusedError("Say what becomes of its data: --keep or --drop.")
    with platform() as made:
        left = left_behind(made, key)
        tell(f"{key} left {left.total} rows in {len(left.rows)} tables:")
        for table, rows in left.rows.items():
            tell(f"  {table:<40} {rows}")
        if keep:
            keep_for_archive(made, key)
            tell(f"Only the archive reads them now: annhi plugin archive {key} --tenant SLUG.")
            return
        given = typer.prompt("All this goes for good. The key again") if again is None else again
        if given != key:
            raise RemovalRefusedError("That is another key; nothing was dropped.")
        drop_for_good(made, key)
    tell(f"Dropped: {left.total} rows of {len(left.rows)} tables. Released reports stay.")


@plugins.command("archive")
def show_archive(
    key: KeyArgument,
    tenant: Annotated[str, typer.Option("--tenant", help="The tenant's slug, as an_giang.")],
    table: Annotated[
        str | None, typer.Option("--table", help="Print the rows of one table, as JSON.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept in the audit log.")] = "",
) -> None:
    """What a removed plugin left of one province: rows by table, or the rows of one table."""
    with platform() as made:
        found = made.tenant(tenant)
        if table is None:
            for name, rows in archived_rows(made, key, found).items():
                tell(f"{name:<40} {rows}")
            return
        as_json(list(read_archive(made, key, found, table, reason=reason)))


def _states() -> dict[str, tuple[frozenset[str], dict[str, Health]]]:
    """What is on now in each province, and whose calls failed, by its slug."""
    with platform() as made:
        found = {}
        for tenant in made.tenants():
            if tenant.kind == "province":
                with made.door.tenant_session(tenant.id, read_only=True) as session:
                    on = enabled_keys(session, made.clock.now())
                    failed = health(session, policy_of(session).limits)
                found[tenant.slug] = (on, dict(failed))
    return found


def _state(key: str, known: dict[str, tuple[frozenset[str], dict[str, Health]]]) -> dict[str, Any]:
    return {
        "on_in": [slug for slug, (on, _) in known.items() if key in on],
        "failed": {
            slug: {
                "calls": failed[key].failures,
                "last_at": failed[key].last.happened_at,
                "call": failed[key].last.call,
                "outcome": failed[key].last.outcome,
                "error": failed[key].last.error,
                "place": failed[key].last.place,
                "out_of_service": {call.value: at for call, at in failed[key].paused.items()},
                "said": failed[key].text.en,
            }
            for slug, (_, failed) in known.items()
            if key in failed
        },
    }

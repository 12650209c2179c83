"""``annhi tenant …`` and ``annhi programme …``."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select

from core.cli.shell import as_json, platform, settings, tell
from core.platform import load_registry
from core.registry.enablement import enabled_keys, switch_off, switch_on
from core.tenancy.models import Tenant
from core.tenant_folder import apply_folder, check_folder, declared

TenantOption = Annotated[str, typer.Option("--tenant", help="The tenant's slug, as an_giang.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

tenants = typer.Typer(help="Provinces as configuration.", no_args_is_help=True)
programmes = typer.Typer(help="Switch programmes in a province.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the groups of this module."""
    app.add_typer(tenants, name="tenant")
    app.add_typer(programmes, name="programme")


@tenants.command("list")
def list_tenants(*, json: JsonOption = False) -> None:
    """The tenants there are."""
    with platform() as made, made.door.reference_session() as session:
        rows = session.scalars(select(Tenant).order_by(Tenant.slug)).all()
    lines = [{"slug": t.slug, "kind": t.kind, "name": t.name_vi} for t in rows]
    if json:
        as_json(lines)
        return
    for line in lines:
        tell(f"{line['slug']:<20} {line['kind']:<12} {line['name']}")


@tenants.command("check")
def check_files() -> None:
    """Read and check the files of all tenants; needs no database."""
    found, _ = declared(settings(), load_registry(settings()))
    tell(f"{len(found.tenants)} tenants: {', '.join(sorted(found.tenants))}. All is well.")


@tenants.command("apply")
def apply_files(
    slug: Annotated[str | None, typer.Argument(help="One tenant; all if left out.")] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only show what would change.")] = False,
) -> None:
    """Make the database match the files, and say what changes."""
    with platform() as made:
        done = check_folder(made, slug) if check else apply_folder(made, slug)
    for tenant in done:
        if tenant.is_new:
            tell(f"{tenant.slug}: {'would be added' if check else 'added'}")
        for line in tenant.lines:
            tell(f"{tenant.slug}: {line.en}")
        if not tenant.is_new and not tenant.changes:
            tell(f"{tenant.slug}: nothing to change")


@programmes.command("list")
def list_programmes(tenant: TenantOption, *, json: JsonOption = False) -> None:
    """The installed programmes, on or off in a province."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            on = enabled_keys(session, made.clock.now())
    lines = [
        {"key": info.key, "on": info.key in on, "name": info.name.vi}
        for info in made.registry.plugins
    ]
    if json:
        as_json(lines)
        return
    for line in lines:
        tell(f"{line['key']:<24} {'on ' if line['on'] else 'off'}  {line['name']}")


@programmes.command("on")
def programme_on(key: str, tenant: TenantOption) -> None:
    """Switch a programme on; takes effect on the next request of every process."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            changed = switch_on(session, made.registry, key, at=made.clock.now())
    tell(f"{key} is on in {found.slug}." if changed else f"{key} was on already.")


@programmes.command("off")
def programme_off(
    key: str,
    tenant: TenantOption,
    reason: Annotated[str | None, typer.Option(help="Why; kept with the record.")] = None,
) -> None:
    """Switch a programme off; its data stays and comes back when it is on again."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            changed = switch_off(session, made.registry, key, at=made.clock.now(), reason=reason)
    tell(f"{key} is off in {found.slug}." if changed else f"{key} was off already.")

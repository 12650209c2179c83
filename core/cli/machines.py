"""``annhi machine …``: programs that work with a tenant's API, each with an account of its own."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from core.areas.models import COMMUNE, DISTRICT, PROVINCE
from core.areas.repository import find_unit
from core.cli.configuration import JsonOption, TenantOption
from core.cli.shell import as_json, platform, tell
from core.identity.machines.service import (
    Credentials,
    add_machine,
    machines,
    renew_secret,
    revoke_machine,
)
from core.identity.service import GivenRole
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from datetime import date

    from core.platform import Platform
    from core.tenancy.session import TenantSession

group = typer.Typer(help="Programs that use the API with a token.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(group, name="machine")


@group.command("add")
def add(
    name: str,
    tenant: TenantOption,
    role: Annotated[
        list[str],
        typer.Option(help="A role; role:CODE for one area, role@PROGRAMME for one programme."),
    ],
    scope: Annotated[
        list[str], typer.Option(help="A permission it may ask for, as core.figures.read.")
    ],
    on: Annotated[
        datetime | None, typer.Option(help="The day on which the codes of areas hold; today.")
    ] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Add a program; its secret is printed once and kept nowhere."""
    with platform() as made:
        found = made.tenant(tenant)
        day = on.date() if on else made.clock.today()
        with made.door.tenant_session(found.id) as session:
            roles = [_given(made, session, text, day) for text in role]
            _require_rights(made, roles, scope)
            credentials = add_machine(
                session, name=name, roles=roles, scopes=scope, now=made.clock.now()
            )
    _tell_once(credentials, json=json)


@group.command("list")
def show(tenant: TenantOption, *, json: JsonOption = False) -> None:
    """The programs of a tenant with their roles and scopes, the revoked ones too."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            lines = machines(session)
    if json:
        as_json([asdict(line) for line in lines])
        return
    for line in lines:
        state = "active " if line.is_active else "revoked"
        tell(f"{line.client_id:<28} {state}  {line.name}")
        tell(f"{'':<28} {', '.join(line.roles)}: {' '.join(line.scopes)}")


@group.command("renew")
def renew(client_id: str, tenant: TenantOption, *, json: JsonOption = False) -> None:
    """Another secret; the old one and the program's tokens end at once."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            credentials = renew_secret(session, client_id)
    _tell_once(credentials, json=json)


@group.command("revoke")
def revoke(client_id: str, tenant: TenantOption) -> None:
    """Disable a program; its tokens are refused from now on."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            revoke_machine(session, client_id, now=made.clock.now())
    tell(f"{client_id} is revoked.")


def _given(made: Platform, session: TenantSession, text: str, day: date) -> GivenRole:
    """``role[:CODE][@PROGRAMME]`` as it is given.

    Raises:
        ConfigurationError: there is no such area or programme.
    """
    bounded, _, programme = text.partition("@")
    known = sorted(info.key for info in made.registry.plugins)
    if programme and programme not in known:
        raise ConfigurationError(
            f"There is no programme {programme!r}. There are: {', '.join(known)}."
        )
    role, colon, code = bounded.partition(":")
    programmes = (programme,) if programme else None
    if not colon:
        return GivenRole(role, None, programmes)
    for level in (COMMUNE, DISTRICT, PROVINCE):
        unit = find_unit(session, level, code, day)
        if unit is not None:
            return GivenRole(role, unit.id, programmes)
    raise ConfigurationError(f"There is no area with the code {code!r} on {day}; see --on.")


def _require_rights(made: Platform, roles: list[GivenRole], scopes: list[str]) -> None:
    """A scope narrows what the roles give; one that none of them gives is a mistake."""
    rights = [r for given in roles for _, r in made.registry.catalogue.rights(given.role)]
    given = frozenset().union(*(r.permissions for r in rights))
    if missing := sorted(set(scopes) - given):
        raise ConfigurationError(
            f"None of the roles has {', '.join(missing)}. They have: {', '.join(sorted(given))}."
        )


def _tell_once(credentials: Credentials, *, json: bool) -> None:
    if json:
        as_json({"client_id": credentials.client_id, "client_secret": credentials.secret})
        return
    tell(f"client_id      {credentials.client_id}")
    tell(f"client_secret  {credentials.secret}")
    tell("The secret is shown this once. Store it now; `annhi machine renew` makes another.")

"""``annhi account …``: the first administrator of a tenant, who then invites everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from core.cli.shell import platform, tell
from core.identity.administration import MANAGE, invite
from core.identity.links import LIFE
from core.identity.models import Purpose
from core.identity.principal import Principal
from core.identity.service import GivenRole
from core.tenancy.reach import Reach
from core.web.actions.accounts import grantable

if TYPE_CHECKING:
    from core.tenancy.models import Tenant

account = typer.Typer(help="Accounts.", no_args_is_help=True)


@account.callback()
def _group() -> None:
    """Accounts: people invite each other on the pages; this makes the first one."""


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(account, name="account")


@account.command("invite")
def invite_person(
    login: Annotated[str, typer.Argument(help="The user name.")],
    *,
    tenant: Annotated[str, typer.Option(help="Which tenant.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[str, typer.Option(help="A role of the whole tenant.")] = "province_admin",
) -> None:
    """Make an account and print the link with which its owner sets the password, once."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            _, token = invite(
                session,
                login=login,
                display_name=name,
                given=GivenRole(role, None),
                allowed=grantable(made, session, found),
                by=_operator(found),
                now=made.clock.now(),
            )
    hours = int(LIFE[Purpose.INVITATION].total_seconds() // 3600)
    tell(f"Hand this over; it works once, within {hours} hours, at the address of your An Nhi:")
    tell(f"/links/{Purpose.INVITATION}/{token}")


def _operator(tenant: Tenant) -> Principal:
    """Whoever runs the command: no account, and the one right that it takes."""
    return Principal(
        account_id=None,
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        display_name="operator",
        roles=(),
        permissions=frozenset({MANAGE}),
        reach=Reach.nothing(),
    )

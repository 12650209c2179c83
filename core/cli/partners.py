"""``annhi partner …``: organisations that work with a province; pages conclude agreements."""

from __future__ import annotations

from typing import Annotated

import typer

from core.access.agreements import add_partner, partners
from core.cli.configuration import JsonOption, TenantOption
from core.cli.shell import as_json, platform, tell
from core.kit.language import Text

group = typer.Typer(help="Organisations that work with a province.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(group, name="partner")


@group.command("add")
def add(
    code: Annotated[str, typer.Argument(help="Names the partner, as ilo.")],
    name_vi: Annotated[str, typer.Option("--vi", help="Its Vietnamese name.")],
    name_en: Annotated[str, typer.Option("--en", help="Its English name.")],
    tenant: TenantOption,
) -> None:
    """Add a partner to a province; the same code again changes nothing."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            add_partner(session, code=code, name=Text(name_vi, name_en), now=made.clock.now())
    tell(f"{tenant}: partner {code}")


@group.command("list")
def list_partners(tenant: TenantOption, *, json: JsonOption = False) -> None:
    """The partners of a province."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            lines = [{"code": p.code, "vi": p.name_vi, "en": p.name_en} for p in partners(session)]
    if json:
        as_json(lines)
        return
    for line in lines:
        tell(f"{line['code']}  {line['vi']}")

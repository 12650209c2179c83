"""``annhi provider …``: identity providers of a tenant, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from core.cli.configuration import JsonOption, TenantOption
from core.cli.shell import as_json, platform, tell
from core.identity.openid.links import account_by_login, unlink
from core.identity.openid.providers import (
    Declaration,
    declare,
    providers,
    secret_name,
    switch_provider,
)
from core.kit.errors import ConfigurationError
from core.kit.language import Text
from core.kit.outgoing import Outgoing
from core.settings import PROVIDER_SECRET
from core.web.actions.providers import Way

if TYPE_CHECKING:
    from core.identity.openid.providers import Provider
    from core.platform import Platform
    from core.tenancy.models import Tenant

group = typer.Typer(help="Identity providers that people may sign in by.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(group, name="provider")


@group.command("add")
def add(
    key: str,
    tenant: TenantOption,
    *,
    issuer: Annotated[str, typer.Option(help="As it stands in its tokens, letter for letter.")],
    client_id: Annotated[str, typer.Option(help="Who we are at the provider.")],
    name_vi: Annotated[str, typer.Option(help="The name on the button.")],
    name_en: Annotated[str, typer.Option(help="The same in English.")],
    host: Annotated[
        list[str] | None, typer.Option(help="Another host it uses, as keys.example.org.")
    ] = None,
    second_factor_acr: Annotated[
        list[str] | None, typer.Option(help="A class of its sign-in that has a second factor.")
    ] = None,
    second_factor_amr: Annotated[
        list[str] | None, typer.Option(help="A method of its sign-in that is a second factor.")
    ] = None,
) -> None:
    """Declare a provider; prints what to register there and where its secret goes."""
    declaration = Declaration(
        key=key,
        name=Text(vi=name_vi, en=name_en),
        issuer=issuer,
        client_id=client_id,
        hosts=host or (),
        second_factor_acr=second_factor_acr or (),
        second_factor_amr=second_factor_amr or (),
    )
    with platform() as made:
        found = made.tenant(tenant)
        outgoing = Outgoing(loopback=not made.settings.secure_cookies)
        with made.door.tenant_session(found.id) as session:
            provider = declare(session, declaration, outgoing, now=made.clock.now())
        line = _line(made, found, provider)
    tell(f"{key} is declared in {found.slug}. At the provider, register the redirect address")
    tell(f"  {line['redirect_uri']}")
    tell(f"and give its client secret to the web process as {line['secret']} (or …_FILE).")


@group.command("list")
def show(tenant: TenantOption, *, json: JsonOption = False) -> None:
    """The declared providers, and whether their secret is there."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id, read_only=True) as session:
            lines = [_line(made, found, provider) for provider in providers(session)]
    if json:
        as_json(lines)
        return
    for line in lines:
        state = "on " if line["on"] else "off"
        lack = "" if line["secret_given"] else f"  {line['secret']} is missing"
        tell(f"{line['key']:<20} {state}  {line['issuer']}{lack}")


@group.command("on")
def on(key: str, tenant: TenantOption) -> None:
    """Let people sign in by a provider again."""
    _switch(key, tenant, on=True)


@group.command("off")
def off(key: str, tenant: TenantOption) -> None:
    """Let nobody sign in by a provider; links stay, open sign-ins too."""
    _switch(key, tenant, on=False)


@group.command("unlink")
def remove(key: str, login: str, tenant: TenantOption) -> None:
    """End the link of one account, for somebody who cannot do it themselves."""
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            account = account_by_login(session, login.strip().lower())
            ids = [provider.id for provider in providers(session) if provider.key == key]
            if account is None or not ids:
                raise ConfigurationError(f"There is no account {login!r} or no provider {key!r}.")
            done = unlink(session, ids[0], account_id=account, by=None)
    tell(f"{login} is linked to {key} no more." if done else f"{login} was not linked to {key}.")


def _switch(key: str, tenant: str, *, on: bool) -> None:
    with platform() as made:
        found = made.tenant(tenant)
        with made.door.tenant_session(found.id) as session:
            switch_provider(session, key, on=on)
    tell(f"{key} is {'on' if on else 'off'} in {found.slug}.")


def _line(made: Platform, tenant: Tenant, provider: Provider) -> dict[str, object]:
    name = secret_name(tenant.slug, provider.key)
    return {
        "key": provider.key,
        "on": provider.is_active,
        "issuer": provider.issuer,
        "client_id": provider.client_id,
        "redirect_uri": Way(tenant, provider).answer(made.settings.address),
        "secret": f"{PROVIDER_SECRET}{name}",
        "secret_given": name in made.settings.provider_secrets,
    }

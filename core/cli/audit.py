"""``annhi audit …``: seal the log, keep the end of its chain elsewhere, find tampering."""

from __future__ import annotations

import json as jsons
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.audit.canonical import AuditKeys
from core.audit.sealing import Unsealed, unsealed
from core.audit.verifying import SENTENCES, Fault, FaultKind, Head, head_of, verify
from core.audit.worker import Sealer
from core.cli.configuration import JsonOption
from core.cli.shell import as_json, platform, tell
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.platform import Platform
    from core.tenancy.models import Tenant

OneTenant = Annotated[str | None, typer.Option("--tenant", help="One tenant; all if left out.")]
HeadFile = Annotated[
    Path | None, typer.Option("--head", help="What `annhi audit head --json` once printed.")
]

audits = typer.Typer(help="The log of who read and changed what.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group of this module."""
    app.add_typer(audits, name="audit")


@audits.command("seal")
def seal(tenant: OneTenant = None) -> None:
    """Seal now what is unsealed; the workers do it once a minute."""
    with platform() as made:
        sealer = Sealer(made.door, _keys(made), made.clock)
        for each in _chosen(made, tenant):
            seals = sealer.seal(each.id)
            tell(f"{each.slug}: {seals} new seals" if seals else f"{each.slug}: nothing to seal")


@audits.command("head")
def head(tenant: OneTenant = None, *, json: JsonOption = False) -> None:
    """The end of each chain, to be kept on another host."""
    with platform() as made:
        found = {each.slug: _head(made, each) for each in _chosen(made, tenant)}
    heads = {slug: end for slug, end in found.items() if end is not None}
    if json:
        lines = [{"tenant": s, "number": h.number, "hash": h.hash} for s, h in heads.items()]
        as_json({"heads": lines})
        return
    for slug, end in heads.items():
        tell(f"{slug:<20} {end.number:>8}  {end.hash}")


@audits.command("verify")
def check(
    tenant: OneTenant = None,
    head: HeadFile = None,
    *,
    json: JsonOption = False,
) -> None:
    """Find what was edited, deleted, swapped, put in or cut off; ends with 1 on any fault."""
    kept = read_heads(head) if head else {}
    with platform() as made:
        known = {each.slug for each in made.tenants()}
        # a tenant that is gone took its whole chain with it
        lost = [] if tenant else [slug for slug in kept if slug not in known]
        results = [_verified(made, each, kept.get(each.slug)) for each in _chosen(made, tenant)]
    results += [
        {"tenant": slug, "faults": [_told(Fault(FaultKind.END_CUT_OFF, kept[slug].number))]}
        for slug in lost
    ]
    if json:
        as_json({"tenants": results})
    else:
        for result in results:
            for line in _lines(result):
                tell(line)
    sys.exit(1 if any(result["faults"] for result in results) else 0)


def read_heads(path: Path) -> Mapping[str, Head]:
    """The kept ends of the chains, by tenant.

    Raises:
        ConfigurationError: the file is not what ``annhi audit head --json`` prints.
    """
    try:
        lines = jsons.loads(path.read_text(encoding="utf-8"))["heads"]
        return {str(x["tenant"]): Head(int(x["number"]), str(x["hash"])) for x in lines}
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError(f"{path} is not what `annhi audit head --json` prints.") from None


def _verified(made: Platform, tenant: Tenant, head: Head | None) -> dict[str, Any]:
    with made.door.tenant_session(tenant.id, read_only=True) as session:
        faults = verify(session, _keys(made), head)
        end = head_of(session)
        waiting = unsealed(session)
    return {
        "tenant": tenant.slug,
        "seals": end.number if end else 0,
        "faults": [_told(fault) for fault in faults],
        "unsealed": waiting.count,
        "oldest_unsealed_seconds": _age(waiting, made.clock.now()),
    }


def _told(fault: Fault) -> dict[str, Any]:
    return {"kind": fault.kind.value, "seal": fault.seal, "entry": fault.entry_id}


def _lines(result: dict[str, Any]) -> list[str]:
    slug = result["tenant"]
    lines = [
        f"{slug}: seal {fault['seal']}: {SENTENCES[FaultKind(fault['kind'])]} ({fault['kind']}"
        + (f", entry {fault['entry']})" if fault["entry"] else ")")
        for fault in result["faults"]
    ]
    if not lines:
        lines.append(f"{slug}: {result['seals']} seals, all is well")
    if result.get("unsealed"):
        lines.append(
            f"{slug}: {result['unsealed']} entries are not sealed yet, "
            f"the oldest for {result['oldest_unsealed_seconds']} seconds"
        )
    return lines


def _age(waiting: Unsealed, now: datetime) -> int | None:
    return None if waiting.oldest is None else max(0, int((now - waiting.oldest).total_seconds()))


def _head(made: Platform, tenant: Tenant) -> Head | None:
    with made.door.tenant_session(tenant.id, read_only=True) as session:
        return head_of(session)


def _keys(made: Platform) -> AuditKeys:
    return AuditKeys.derived_from(made.settings.secret)


def _chosen(made: Platform, slug: str | None) -> tuple[Tenant, ...]:
    return made.tenants() if slug is None else (made.tenant(slug),)

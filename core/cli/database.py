"""``annhi migrate`` and ``annhi doctor``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from core.cli.shell import as_json, platform, settings, tell
from core.db.engine import make_engine, verify_runtime_login
from core.db.logins import Login
from core.kit.errors import PlatformError
from core.platform import install, load_registry
from core.rekeying.service import faults
from core.tenancy.catalogue_lint import lint
from core.vault.key_file import key_file


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("migrate")(migrate)
    app.command("doctor")(doctor)


def migrate() -> None:
    """Make the database, its logins and every table; safe to repeat."""
    registry = load_registry(settings())
    install(settings(), registry)
    keys = ", ".join(info.key for info in registry.plugins)
    tell(f"The database is ready: core and {keys}.")


def doctor(*, json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say in plain words what is wrong; ends with 1 when something is."""
    found: list[str] = []
    try:
        with platform() as made:
            verify_runtime_login(made.door.engine)
            owner = make_engine(made.addresses.url(Login.MIGRATOR))
            with owner.connect() as connection:
                findings = lint(connection, prefix=made.addresses.prefix)
            owner.dispose()
            found += [f"{finding.rule} {finding.object}: {finding.message}" for finding in findings]
            if made.settings.keys is None and key_file(made.settings).open_to_others():
                found.append("Every login of this machine may read the key file; close it to them.")
            for tenant in made.tenants():
                with made.door.tenant_session(tenant.id, read_only=True) as session:
                    given_up = made.queue.set_aside(session)
                    found += [f"{tenant.slug}: {fault}" for fault in faults(session)]
                found += [
                    f"{tenant.slug}: the job {job.kind} {job.job_id} was set aside after "
                    f"{job.attempts} attempts"
                    for job in given_up
                ]
    except PlatformError as error:
        found.append(error.message.en)
    if json:
        as_json({"faults": found})
    for line in [] if json else found or ["All is well."]:
        tell(line)
    sys.exit(1 if found else 0)

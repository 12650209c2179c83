"""``annhi serve``, ``annhi worker`` and ``annhi demo``."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli.shell import as_json, settings, tell
from core.db.cluster import stop_cluster
from core.demo.papers import write_papers
from core.demo.service import make_demo
from core.jobs import supervisor
from core.kit.errors import ConfigurationError
from core.platform import install, load_registry, start
from core.settings import GENERATED_MARK
from core.tenant_folder import apply_folder

if TYPE_CHECKING:
    from core.platform import Platform
    from core.settings import Settings

DEFAULT_CHILDREN = 1500
WORKER = "core.workers:build_worker"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("demo")(demo)
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("stop")(stop)


def serve() -> None:
    """The web process, until it is ended."""
    _serve(start(settings()))


def worker(
    processes: Annotated[int, typer.Option(help="How many worker processes.")] = 2,
) -> None:
    """The supervised workers, until they are ended."""
    raise typer.Exit(supervisor.run(WORKER, processes=processes))


def stop() -> None:
    """Stop our own PostgreSQL, if it runs."""
    stop_cluster(settings().home)
    tell("Stopped.")


def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Stop after the documents.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    children: Annotated[
        int, typer.Option(help="Generated children in each province.", min=1)
    ] = DEFAULT_CHILDREN,
    out: Annotated[Path, typer.Option(help="Where the documents go.")] = Path("out"),
) -> None:
    """Everything: database, tenants, generated records, reports, the national sum, the web."""
    chosen = replace(settings(), generated_data=True, demonstration=True)
    (chosen.home / GENERATED_MARK).touch()
    say = (lambda _line: None) if json else tell
    say("Preparing the database …")
    registry = load_registry(chosen)
    addresses = install(chosen, registry)
    platform = start(chosen, registry=registry, addresses=addresses)
    try:
        say("Applying the files of the tenants …")
        apply_folder(platform)
        made = make_demo(platform, children=children, tell=say)
        papers = write_papers(platform, out)
        if json:
            as_json(
                {
                    "address": _address(chosen),
                    "logins": [asdict(login) for tenant in made for login in tenant.logins],
                    "tenants": [
                        {"tenant": m.tenant, "children": m.children, "records": m.records}
                        for m in made
                    ],
                    "documents": [str(path) for path in papers.files],
                    "national": papers.national,
                }
            )
        for path in papers.files:
            say(f"Written: {path}")
        if once:
            return
        if not json:
            _tell_logins(chosen, made)
        _run_together(platform)
    finally:
        platform.close()


def _run_together(platform: Platform) -> None:
    """The web here, the workers in a process beside it that ends with this one."""
    command = [sys.executable, "-m", "core.cli.supervise", WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as workers:  # noqa: S603  our own module
        try:
            _serve(platform)
        finally:
            workers.terminate()


def _serve(platform: Platform) -> None:
    # imported here, where it is used: the other commands start without the web
    from core.app import create_app, run_server

    chosen = platform.settings
    _require_free_port(chosen)
    run_server(create_app(platform), chosen.host, chosen.port)


def _require_free_port(chosen: Settings) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((chosen.host, chosen.port))
        except OSError:
            raise ConfigurationError(
                f"Port {chosen.port} on {chosen.host} is in use; stop the other program or set "
                "ANNHI_PORT to a free one."
            ) from None


def _address(chosen: Settings) -> str:
    return f"http://{chosen.host}:{chosen.port}"


def _tell_logins(chosen: Settings, made: object) -> None:
    tell("")
    tell(f"An Nhi is at {_address(chosen)}  (stop with Ctrl+C)")
    tell("Generated records only; these log-ins are for the demonstration:")
    for tenant in made:  # type: ignore[attr-defined]  # a tuple of Made
        for login in tenant.logins:
            tell(f"  {tenant.tenant:<10} {login.login:<14} {login.password:<16} {login.role}")

"""Checks a plugin in a process of its own, so that whatever it does ends with that process."""

from __future__ import annotations

import os
import sys
from multiprocessing import get_context
from typing import TYPE_CHECKING

from core.authoring.finding import Finding
from core.authoring.runner import check
from core.authoring.subject import find_declared, find_in, find_installed
from core.kit.errors import ConfigurationError, PlatformError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

SECONDS = 180.0


def check_apart(
    key: str | None, folder: Path | None = None, *, seconds: float = SECONDS
) -> tuple[Finding, ...]:
    """Everything that is wrong with an installed plugin, the one in a folder, or a declared file.

    Raises:
        ConfigurationError: there is no such plugin, or its files cannot be read.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["core.authoring.runner"])
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, key, folder), daemon=True)
    process.start()
    sender.close()
    try:
        answer = receiver.recv() if receiver.poll(seconds) else _hanging(seconds)
    except EOFError:
        answer = (Finding("load.dies", str(key or folder), "ended the process.", "Take that out."),)
    finally:
        process.kill()
        process.join()
    if isinstance(answer, str):
        raise ConfigurationError(answer)
    findings: tuple[Finding, ...] = answer
    return findings


def _work(sender: Connection, key: str | None, folder: Path | None) -> None:
    # scratch logins have a known secret: they never go to the server of an installation
    os.environ.pop("DATABASE_URL", None)
    try:
        if folder is not None and folder.suffix == ".toml":
            found = find_declared(folder)
        elif folder is not None:
            sys.path.insert(0, str(folder))
            sys.dont_write_bytecode = True
            found = find_in(folder, key)
        else:
            found = find_installed(str(key))
        sender.send(check(found))
    except PlatformError as error:
        sender.send(error.message.en)


def _hanging(seconds: float) -> tuple[Finding, ...]:
    wrong = f"the checks were not done after {seconds:g} seconds."
    return (Finding("load.hangs", "plugin", wrong, "Find what waits, and take it out."),)

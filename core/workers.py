"""The worker's composition root, named by the supervisor as ``core.workers:build_worker``."""

from __future__ import annotations

import os

from core.audit.canonical import AuditKeys
from core.audit.worker import Sealer
from core.cases.watch import ClockWatch, WatchingWorker
from core.db.logins import Login
from core.platform import job_kinds, start
from core.settings import Settings


def build_worker() -> WatchingWorker:
    """One worker process over the settings of the environment."""
    platform = start(Settings.from_environment(os.environ))
    url = platform.addresses.url(Login.RUNTIME)
    keys = AuditKeys.derived_from(platform.settings.secret)
    return WatchingWorker(
        url,
        job_kinds(platform.registry, platform.clock),
        platform.door,
        sealer=Sealer(platform.door, keys, platform.clock),
        watch=ClockWatch(platform.door, platform.queue),
    )

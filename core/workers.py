"""The worker's composition root, named by the supervisor as ``core.workers:build_worker``."""

from __future__ import annotations

import os

from core.db.logins import Login
from core.jobs.worker import JobWorker
from core.platform import job_kinds, start
from core.settings import Settings


def build_worker() -> JobWorker:
    """One worker process over the settings of the environment."""
    platform = start(Settings.from_environment(os.environ))
    url = platform.addresses.url(Login.RUNTIME)
    return JobWorker(url, job_kinds(platform.registry, platform.clock), platform.door)

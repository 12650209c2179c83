"""The worker's composition root, named by the supervisor as ``core.workers:build_worker``."""

from __future__ import annotations

import os

from core.alerts.raising import ALERTS
from core.audit.canonical import AuditKeys
from core.audit.worker import Sealer
from core.cases.alerts import CASE_CLOCKS
from core.db.logins import Login
from core.imports.jobs import FORGET
from core.jobs.rounds import AskProvinces
from core.jobs.worker import JobWorker
from core.platform import job_kinds, start
from core.reports.year.reminders import REPORT_REMINDERS
from core.settings import Settings


def build_worker() -> JobWorker:
    """One worker process over the settings of the environment."""
    platform = start(Settings.from_environment(os.environ))
    keys = AuditKeys.derived_from(platform.settings.secret)
    return JobWorker(
        platform.addresses.url(Login.RUNTIME),
        job_kinds(platform.registry, platform.clock),
        platform.door,
        rounds=(
            Sealer(platform.door, keys, platform.clock),
            AskProvinces(platform.door, platform.queue, CASE_CLOCKS),
            AskProvinces(platform.door, platform.queue, ALERTS),
            AskProvinces(platform.door, platform.queue, REPORT_REMINDERS),
            AskProvinces(platform.door, platform.queue, FORGET),
        ),
    )

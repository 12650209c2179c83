"""The job that recounts what was marked stale; one job clears all marks of its tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.indicators.recounting import clear_all_marks
from core.jobs.kinds import JobKind
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.jobs.kinds import JobRun
    from core.plugin_api.figures import Measure

RECOUNT = "figures.recount"


def recount_kind(measures: Mapping[str, Measure]) -> JobKind:
    """The kind of job over the declared measures; it counts everything and returns nothing."""

    def run(job: JobRun) -> None:
        clear_all_marks(job.session, tuple(measures.values()))

    return JobKind(RECOUNT, run, reach=Reach.counting())

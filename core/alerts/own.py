"""What core finds by itself because no condition on rows shows it.

A unit that lacks something has no row that says so, and the clocks of a case count working days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.finding import Found
from core.areas.repository import predecessors, without_successor
from core.cases.alerts import cases_run_out
from core.forms.context import communes_to_choose
from core.kit.clock import local_date
from core.organisation import lacking
from core.profiles.repository import province_of, working_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from core.plugin_api.alerts import Moment
    from core.registry.catalogue import Catalogue
    from core.tenancy.session import TenantSession

    Finder = Callable[[TenantSession, Moment, Catalogue], Iterable[Found]]

CASE_CLOCK = "core.case_clock"
NO_WORKER = "core.commune_without_worker"
NO_COMMITTEE = "core.commune_without_committee"
FEW_COLLABORATORS = "core.commune_with_few_collaborators"
LINEAGE_GAP = "core.commune_without_successor"
# Rests on figures; found by the reports, which stand above them.
TARGET_MISSED = "core.target_likely_missed"


def _communes(lacks: Callable[[TenantSession, Collection[int], date], Iterable[int]]) -> Finder:
    """The communes that lack something; since when nobody wrote down."""

    def find(session: TenantSession, moment: Moment, _catalogue: Catalogue) -> Iterator[Found]:
        communes = communes_to_choose(session, moment.today)
        for commune in lacks(session, communes, working_day(session, moment.today)):
            yield Found(commune_id=commune)

    return find


def _case_clocks(session: TenantSession, moment: Moment, _catalogue: Catalogue) -> Iterator[Found]:
    """The first clock of each open case that has run out unanswered."""
    for line, due in cases_run_out(session, moment.now):
        day = local_date(due)
        yield Found(
            commune_id=line.commune_id,
            since_on=day,
            due_on=day,
            record_id=line.id,
            confidential_key=line.confidential_key,
            subject_id=line.id,
        )


def _without_successor(
    session: TenantSession, moment: Moment, _catalogue: Catalogue
) -> Iterator[Found]:
    """Communes of the province, or of those it came from, that ended and lead nowhere."""
    on = working_day(session, moment.today)
    province = province_of(session, on)
    if province is None:
        return
    provinces = [province, *(one.area.id for one in predecessors(session, province))]
    for gap in without_successor(session, provinces, on):
        yield Found(commune_id=gap.id, since_on=gap.valid_to)


FINDERS: Final[Mapping[str, Finder]] = {
    CASE_CLOCK: _case_clocks,
    NO_WORKER: _communes(lacking.without_worker),
    NO_COMMITTEE: _communes(lacking.without_committee),
    FEW_COLLABORATORS: _communes(lacking.with_few_collaborators),
    LINEAGE_GAP: _without_successor,
}

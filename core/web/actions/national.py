"""The ministry's crossing of the provinces, written down before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.aggregate.national import NationalTable, national
from core.aggregate.scope import ministry_scope
from core.audit.service import Action, record

if TYPE_CHECKING:
    from core.kit.periods import Period
    from core.web.work import Work

READ = "core.national.read"


def read_national(work: Work, period: Period) -> NationalTable:
    """Cross the provinces over the ministry's own login; written down before anything is read."""
    catalogue = work.platform.registry.catalogue
    codes = [i.code for i in catalogue.indicators.values() if i.formula is not None]
    record(work.session, work.principal, Action.READ, subject_kind="core.national")
    reason = f"national figures of {period.code}"
    with ministry_scope(work.platform.ministry_engine, reason) as session:
        return national(session, period, codes)

"""The provinces of the tests of reports, seen from the ministry."""

from __future__ import annotations

from typing import Any

import pytest

from core.reports.service import open_report
from core.reports.year.steps import release
from tests.core.indicators.sample import sample_tables
from tests.core.reports.reporting import reporting

__all__ = ["reporting", "sample_tables"]  # fixtures


@pytest.fixture
def two_released(reporting: Any) -> Any:
    """Province one released with both programmes, two with one, three not at all."""
    reporting.fill(1, seen=3)
    reporting.fill(2, seen=9, quiet=False)
    reporting.fill(3, seen=5)
    for tenant in (1, 2):
        _release(reporting, tenant)
    return reporting


@pytest.fixture
def release_of() -> Any:
    """Release the report of one province."""
    return _release


def _release(reporting: Any, tenant: int) -> None:
    with reporting.door.tenant_session(tenant) as session:
        report = open_report(session, reporting.period)
        who = {"principal": reporting.leader_of(tenant), "now": reporting.now}
        release(session, report, reporting.source, **who)

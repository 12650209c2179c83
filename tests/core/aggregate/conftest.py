"""The provinces of the tests of reports, seen from the ministry."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from core.reports.service import open_report
from core.reports.year.steps import release


def _reporting() -> Any:
    """The fixtures of the tests of reports; test folders are not packages."""
    name = "reporting_sample"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "reports" / "conftest.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


_module = _reporting()
reporting = _module.reporting
sample_tables = _module.sample_tables


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

"""A province that is ready to be reported on."""

from __future__ import annotations

from tests.core.indicators.sample import sample_tables
from tests.core.reports.reporting import reporting

__all__ = ["reporting", "sample_tables"]  # fixtures

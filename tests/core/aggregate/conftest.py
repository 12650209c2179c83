"""The provinces of the tests of reports, seen from the ministry."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


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

"""Makes the attack importable: test folders are not packages."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def attacker() -> Any:
    """The module of the attack by linear programming."""
    name = "disclosure_attack"
    if name not in sys.modules:
        path = Path(__file__).with_name("attack.py")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]

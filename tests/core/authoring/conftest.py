"""The generated plugin in a folder of its own, and the check in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.authoring.new import write_plugin
from tests.core.authoring.faults import KEY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    """A freshly generated plugin."""
    folder = tmp_path / KEY
    write_plugin(KEY, folder)
    return folder

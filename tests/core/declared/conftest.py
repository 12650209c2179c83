"""The sample of a declared plugin, and files that are like it but for a change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Changed = Callable[..., Path]

SAMPLE = Path(__file__).parents[3] / "docs" / "plugins" / "school_milk.toml"


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """The sample with each text replaced by another; a text that is not there is an error."""

    def write(*changes: tuple[str, str], name: str = "school_milk.toml") -> Path:
        text = SAMPLE.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write

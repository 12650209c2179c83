"""The source of core and the plugins, read once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Found = Mapping[str, list[int]]
    Check = Callable[[ast.Module], list[int]]

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """The syntax trees of all files, by path from the root of the repository."""

    trees: Mapping[str, ast.Module]

    def found_by(self, check: Check, *, below: str = "") -> Found:
        """The lines that a check finds, by file; files without any are left out."""
        found = {path: check(tree) for path, tree in self.trees.items() if path.startswith(below)}
        return {path: lines for path, lines in found.items() if lines}


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def source() -> Source:
    """Core and everybody's plugins; the test kit apart, which works as the owner."""
    trees: dict[str, ast.Module] = {}
    for top in ("core", "plugins", "partners", "tests/sample_plugin"):
        for file in sorted((ROOT / top).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            if not path.startswith("core/testing/"):
                trees[path] = ast.parse(file.read_text(encoding="utf-8"), path)
    return Source(trees)

"""Declarations for the tests: a copy of `tenants/` that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.areas.book import AreaBook
from core.areas.editions import read_editions
from core.profiles.checks import References
from core.profiles.read import Declarations, read_declarations

TENANTS = Path(__file__).parents[3] / "tenants"


@pytest.fixture(scope="session")
def references() -> References:
    return References(
        indicators=frozenset(),
        programmes=frozenset(
            {"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"}
        ),
        areas=AreaBook(read_editions().units),
        roles={"district_officer": frozenset({"core.child.read", "core.household.read"})},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "tenants"
    shutil.copytree(TENANTS, copy)
    return copy


@pytest.fixture(scope="session")
def declared(references: References) -> Declarations:
    return read_declarations(TENANTS, references)

"""What `tenants/` declares, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.areas.book import AreaBook
from core.areas.editions import read_editions
from core.profiles.checks import References
from core.profiles.declaration import AggregatorFile, ProvinceFile
from core.profiles.read import Declarations, read_declarations

TENANTS = Path(__file__).parents[2] / "tenants"
PROGRAMMES = frozenset({"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"})


@pytest.fixture(scope="session")
def declared() -> Declarations:
    references = References(
        indicators=frozenset(),
        programmes=PROGRAMMES,
        areas=AreaBook(read_editions().units),
        roles={},
    )
    return read_declarations(TENANTS, references)


@pytest.fixture
def an_giang(declared: Declarations) -> ProvinceFile:
    file = declared.tenants["an_giang"]
    assert isinstance(file, ProvinceFile)
    return file


@pytest.fixture
def lao_cai(declared: Declarations) -> ProvinceFile:
    file = declared.tenants["lao_cai"]
    assert isinstance(file, ProvinceFile)
    return file


@pytest.fixture
def ministry(declared: Declarations) -> AggregatorFile:
    file = declared.tenants["ministry"]
    assert isinstance(file, AggregatorFile)
    return file

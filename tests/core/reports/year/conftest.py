"""The calendars of An Giang and Lao Cai, put into the provinces of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from core.areas.book import AreaBook
from core.areas.editions import read_editions
from core.profiles.checks import References
from core.profiles.models import ProfileSetting, ReportingObligation, TenantProfile
from core.profiles.read import Declarations, read_declarations
from core.profiles.rows import wanted_rows

if TYPE_CHECKING:
    from collections.abc import Callable

TENANTS = Path(__file__).parents[4] / "tenants"
PROVINCE_CODES = {"an_giang": "89", "lao_cai": "10"}
PROGRAMMES = {"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"}


@pytest.fixture(scope="session")
def declared() -> Declarations:
    """The provinces' own files."""
    references = References(
        indicators=frozenset(),
        programmes=frozenset(PROGRAMMES),
        areas=AreaBook(read_editions().units),
        roles={},
    )
    return read_declarations(TENANTS, references)


@pytest.fixture
def adopt(reporting: Any, declared: Declarations) -> Callable[..., int]:
    """Give a tenant the calendar of a province; the area of the province."""

    def put(slug: str, tenant: int = 1, **changed: Any) -> int:
        file: Any = declared.tenants[slug]
        with reporting.world.database.owner.connect() as connection:
            area = connection.scalar(
                text(
                    "SELECT id FROM core.area WHERE level = 'province' AND code = :code "
                    "ORDER BY valid_from NULLS FIRST LIMIT 1"
                ),
                {"code": PROVINCE_CODES[slug]},
            )
        profile = file.profile
        values = {
            "code": profile.code,
            "valid_from": profile.valid_from,
            "valid_to": profile.valid_to,
            "area_id": area,
            "legal_basis": [],
            "source": profile.source,
            "unknown": [],
        }
        with reporting.door.tenant_session(tenant) as session:
            stored = TenantProfile(**values | changed)
            session.add(stored)
            session.flush()
            units = {u.code: area for u in file.structure.district_units or ()}
            for wanted in wanted_rows(file, units):
                if wanted.model in {ReportingObligation, ProfileSetting}:
                    row: Any = wanted.model(profile_id=stored.id, code=wanted.code, **wanted.values)
                    session.add(row)
            session.flush()
            assert session.scalar(select(ReportingObligation.id).limit(1))
        return int(area)

    return put

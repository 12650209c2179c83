"""A province sets its own deadlines in its file; what it does not state is the decree's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from core.cases.limits import Limits, limits_of
from core.profiles.declaration import CasesSection
from core.profiles.models import ProfileSetting, TenantProfile
from core.profiles.setting_values import typed_text

if TYPE_CHECKING:
    from tests.core.cases.people import Province


def declare(province: Province, tenant: int, until: date | None, **stated: Any) -> None:
    with province.door.tenant_session(tenant) as session:
        profile = TenantProfile(
            code="2018",
            valid_from=date(2018, 1, 1),
            valid_to=until,
            legal_basis=[],
            source="test",
            unknown=[],
        )
        session.add(profile)
        session.flush()
        for name, value in stated.items():
            kind, text = typed_text(value)
            row = {"code": f"cases.{name}", "value_type": kind, "value": text}
            session.add(ProfileSetting(profile_id=profile.id, unknown=[], **row))


@pytest.mark.parametrize(("tenant", "until"), [(2, None), (3, date(2018, 12, 31))])
def test_a_province_sets_its_own_deadlines(
    province: Province, tenant: int, until: date | None
) -> None:
    """Also when the profile that states them has ended and no newer one is declared."""
    with province.door.tenant_session(tenant) as session:
        assert limits_of(session, date(2019, 3, 1)) == Limits()
    declare(province, tenant, until, emergency_hours=6, plan_clock_start="initial_assessed")
    with province.door.tenant_session(tenant) as session:
        assert limits_of(session, date(2019, 3, 1)) == Limits(
            emergency_hours=6, plan_clock_start="initial_assessed"
        )


def test_the_file_takes_deadlines_and_refuses_another_start() -> None:
    section = {"emergency_hours": 6, "plan_clock_start": "received", "source": "x"}
    assert msgspec.convert(section, CasesSection).emergency_hours == 6
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(section | {"plan_clock_start": "whenever"}, CasesSection)

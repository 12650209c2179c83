"""What an administrator of this tenant may give, and a role as a form sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.areas.repository import communes_of, districts_of, find_area
from core.identity.granting import Grantable
from core.identity.service import GivenRole
from core.profiles.repository import province_of

if TYPE_CHECKING:
    from core.platform import Platform
    from core.tenancy.models import AnyTenant
    from core.tenancy.session import TenantSession
    from core.web.work import Work

_DIGITS_OF_AN_AREA = 9


def grantable(platform: Platform, session: TenantSession, tenant: AnyTenant) -> Grantable:
    """The roles, areas and programmes of a tenant."""
    return Grantable(
        ministry=tenant.kind == "aggregator",
        province_id=province_of(session, platform.clock.today()),
        programmes=frozenset(info.key for info in platform.registry.plugins),
    )


def areas_to_choose(work: Work, allowed: Grantable) -> list[tuple[str, str]]:
    """The communes and districts of the province, each commune with its district.

    Those of today, or of the last day of a province that has been merged into another.
    """
    province = None if allowed.province_id is None else find_area(work.session, allowed.province_id)
    if province is None:
        return []
    day = min(work.today, province.valid_to or work.today)
    districts = districts_of(work.session, province.id, day)
    names = {area.id: area.name for area in districts}
    communes = communes_of(work.session, province.id, day)
    return [(str(area.id), area.name) for area in districts] + [
        (str(area.id), _with_district(area.name, names.get(area.parent_id or 0)))
        for area in communes
    ]


def role_sent(form: Any) -> GivenRole:
    """A role with its bounds; what cannot be read is refused where roles are checked."""
    area = str(form.get("area", "")).strip()
    programmes = tuple(str(each) for each in form.getall("programmes", []))
    return GivenRole(
        role=str(form.get("role", "")),
        area_id=_identifier(area) if area else None,
        programmes=programmes or None,
    )


def _identifier(text: str) -> int:
    """An area's id; what is none becomes one that no area has."""
    plain = text.isascii() and text.isdigit() and len(text) <= _DIGITS_OF_AN_AREA
    return int(text) if plain else -1


def _with_district(commune: str, district: str | None) -> str:
    return f"{commune}, {district}" if district else commune

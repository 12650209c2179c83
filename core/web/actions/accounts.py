"""What an administrator of this tenant may give, and a role as a form sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.areas.models import COMMUNE
from core.areas.repository import communes_of, districts_of
from core.identity.granting import Grantable
from core.identity.service import GivenRole
from core.profiles.repository import profile_on

if TYPE_CHECKING:
    from core.web.work import Work


def grantable(work: Work) -> Grantable:
    """The roles, areas and programmes of this tenant."""
    profile = profile_on(work.session, work.today)
    return Grantable(
        ministry=work.tenant.kind == "aggregator",
        province_id=None if profile is None else profile.area_id,
        programmes=frozenset(info.key for info in work.platform.registry.plugins),
    )


def areas_to_choose(work: Work, allowed: Grantable) -> list[tuple[str, str]]:
    """The communes and districts of the province today, each commune with its district."""
    if allowed.province_id is None:
        return []
    districts = districts_of(work.session, allowed.province_id, work.today)
    names = {area.id: area.name for area in districts}
    communes = communes_of(work.session, allowed.province_id, work.today)
    return [(str(area.id), area.name) for area in districts] + [
        (str(area.id), _with_district(area.name, names.get(area.parent_id or 0)))
        for area in communes
        if area.level == COMMUNE
    ]


def role_sent(form: Any) -> GivenRole:
    """A role with its bounds; what cannot be read is refused where roles are checked."""
    area = str(form.get("area", "")).strip()
    programmes = tuple(str(each) for each in form.getall("programmes", []))
    return GivenRole(
        role=str(form.get("role", "")),
        area_id=(int(area) if area.isascii() and area.isdigit() else -1) if area else None,
        programmes=programmes or None,
    )


def _with_district(commune: str, district: str | None) -> str:
    return f"{commune}, {district}" if district else commune

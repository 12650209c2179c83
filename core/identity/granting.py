"""Which roles an administrator may give, and for which areas and programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.areas.models import COMMUNE, DISTRICT
from core.areas.repository import ancestors, find_area
from core.identity.errors import FieldFaultError
from core.identity.roles import BY_CODE, ROLES
from core.kit.language import Text

if TYPE_CHECKING:
    from core.identity.roles import Role
    from core.identity.service import GivenRole
    from core.tenancy.session import TenantSession

Kind = Literal["province", "aggregator"]
# A collaborator's hamlet is no unit of ours: the commune bounds the role.
AREA_LEVELS = {"hamlet": COMMUNE, "commune": COMMUNE, "district": DISTRICT}


@dataclass(frozen=True, slots=True)
class Grantable:
    """What can be given in one tenant: its roles, its areas, its programmes."""

    ministry: bool
    province_id: int | None
    programmes: frozenset[str]

    def roles(self) -> tuple[Role, ...]:
        """The roles of this kind of tenant: a province has none of the ministry's, nor has it."""
        return tuple(role for role in ROLES if (role.level == "ministry") == self.ministry)


def require_grantable(session: TenantSession, given: GivenRole, allowed: Grantable) -> None:
    """Refuse a role that this tenant does not have, or bounds that do not fit the role.

    Raises:
        FieldFaultError: names the field.
    """
    role = BY_CODE.get(given.role)
    if role is None or role not in allowed.roles():
        raise FieldFaultError("role", Text(vi="Hãy chọn một vai trò.", en="Choose a role."))
    _require_area(session, role, given.area_id, allowed)
    if given.programmes is not None and not allowed.programmes.issuperset(given.programmes):
        raise FieldFaultError(
            "programmes", Text(vi="Không có chương trình này.", en="There is no such programme.")
        )


def _require_area(
    session: TenantSession, role: Role, area_id: int | None, allowed: Grantable
) -> None:
    level = AREA_LEVELS.get(role.level)
    if level is None:
        if area_id is not None:
            raise FieldFaultError(
                "area",
                Text(
                    vi="Vai trò này bao quát toàn tỉnh: hãy để trống địa bàn.",
                    en="This role covers the whole province: leave the area empty.",
                ),
            )
        return
    area = None if area_id is None else find_area(session, area_id)
    inside = (
        area is not None
        and area.level == level
        and allowed.province_id in {above.id for above in ancestors(session, area.id)}
    )
    if not inside:
        raise FieldFaultError(
            "area",
            Text(
                vi="Hãy chọn một xã của tỉnh cho vai trò này."
                if level == COMMUNE
                else "Hãy chọn một huyện của tỉnh cho vai trò này.",
                en="Choose a commune of the province for this role."
                if level == COMMUNE
                else "Choose a district of the province for this role.",
            ),
        )

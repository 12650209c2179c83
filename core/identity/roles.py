"""The roles of the platform, as data; what each may do comes from core and the programmes.

Source: domain page of the programmes, §1 (list of roles) and §2.11.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Role:
    """A role and the level of government it works at.

    Its holders sign in with a second factor, unless all they can see are released figures.
    """

    code: str
    name: Text
    level: Literal["hamlet", "commune", "district", "province", "ministry", "partner"]
    second_factor: bool = True


ROLES: tuple[Role, ...] = (
    Role("collaborator", Text("Cộng tác viên", "Collaborator"), "hamlet"),
    Role(
        "commune_worker",
        Text("Người làm công tác bảo vệ trẻ em cấp xã", "Commune child-protection worker"),
        "commune",
    ),
    Role("commune_leader", Text("Lãnh đạo UBND cấp xã", "Commune leader"), "commune"),
    Role("district_officer", Text("Cán bộ cấp huyện", "District officer"), "district"),
    Role("district_leader", Text("Lãnh đạo UBND cấp huyện", "District leader"), "district"),
    Role("province_officer", Text("Chuyên viên cấp tỉnh", "Province officer"), "province"),
    Role(
        "province_confidential_officer",
        Text("Chuyên viên hồ sơ mật cấp tỉnh", "Province confidential officer"),
        "province",
    ),
    Role("province_leader", Text("Lãnh đạo cấp tỉnh", "Province leader"), "province"),
    Role(
        "province_admin", Text("Quản trị hệ thống cấp tỉnh", "Province administrator"), "province"
    ),
    Role("service_staff", Text("Nhân viên cung cấp dịch vụ", "Service staff"), "commune"),
    Role(
        "agency_reporter",
        Text("Đầu mối báo cáo của ngành", "Reporting officer of a sector"),
        "province",
    ),
    Role("inspector", Text("Thanh tra viên", "Inspector"), "province"),
    Role("finance_officer", Text("Cán bộ tài chính", "Finance officer"), "province"),
    Role("auditor", Text("Kiểm toán viên", "Auditor"), "province"),
    Role(
        "data_protection_officer",
        Text("Cán bộ bảo vệ dữ liệu cá nhân", "Data protection officer"),
        "province",
    ),
    Role("ngo_manager", Text("Quản lý dự án đối tác", "Partner's project manager"), "partner"),
    Role("ngo_field_officer", Text("Cán bộ dự án đối tác", "Partner's field officer"), "partner"),
    Role(
        "ministry_analyst",
        Text("Chuyên viên cấp bộ", "Ministry analyst"),
        "ministry",
        second_factor=False,
    ),
    Role("ministry_admin", Text("Quản trị hệ thống cấp bộ", "Ministry administrator"), "ministry"),
)
BY_CODE = {role.code: role for role in ROLES}


def requires_second_factor(codes: Iterable[str]) -> bool:
    """Whether one of the roles asks for it; a role that is not known here does."""
    return any(code not in BY_CODE or BY_CODE[code].second_factor for code in codes)

"""Why not? Each rule that opens or closes something to an account, for an administrator to read.

It answers for a form, a commune and a field, never for a record: whether a record is there is
nothing an administrator may learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.access.reaching import reach_of
from core.access.roles_in_force import RoleInForce, roles_in_force
from core.identity.roles import BY_CODE, ROLES
from core.kit.language import Text
from core.registry.catalogue import CORE
from core.tenancy.bounds import hidden_fields
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.identity.models import Account
    from core.identity.service import GivenRole
    from core.plugin_api.forms import Form
    from core.registry.service import EnabledProgrammes
    from core.tenancy.session import TenantSession

Wish = Literal["see", "enter"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the decision: its permanent code, whether it lets through, and why."""

    code: str
    passes: bool
    why: Text


def explain(
    session: TenantSession,
    account: Account,
    given: Sequence[GivenRole],
    programmes: EnabledProgrammes,
    *,
    form: Form,
    owner: str,
    wish: Wish,
    commune_id: int | None,
    field: str | None,
) -> tuple[Rule, ...]:
    """Every rule in the order in which the decision meets them."""
    roles = roles_in_force(session, given, programmes.catalogue)
    permission = form.sees if wish == "see" else form.enters
    holding = [role for role in roles if permission in role.permissions]
    rules = [_account(account), _programme(programmes, owner)]
    rules.append(_role(roles, holding, permission, programmes))
    if commune_id is not None:
        rules.append(_area(holding, commune_id))
    if wish == "see" and issubclass(form.model, Confidential):
        rules.append(_confidence(holding, form.model.confidential_key))
    if wish == "see" and field is not None:
        rules.append(_field(roles, programmes, form, field))
    return tuple(rules)


def _account(account: Account) -> Rule:
    on, off = "đang hoạt động", "đã bị khóa"
    return Rule(
        "account.active",
        account.is_active,
        Text(
            vi=f"Tài khoản {on if account.is_active else off}.",
            en=f"The account is {'active' if account.is_active else 'disabled'}.",
        ),
    )


def _programme(programmes: EnabledProgrammes, owner: str) -> Rule:
    on = owner == CORE or programmes.has(owner)
    return Rule(
        "programme.on",
        on,
        Text(
            vi="Chương trình đang được bật." if on else "Chương trình chưa được bật tại tỉnh.",
            en="The programme is on." if on else "The programme is not on in this province.",
        ),
    )


def _role(
    roles: Sequence[RoleInForce],
    holding: Sequence[RoleInForce],
    permission: str,
    programmes: EnabledProgrammes,
) -> Rule:
    if holding:
        names = [BY_CODE[role.role].name for role in holding]
        return Rule(
            "role.permission",
            True,
            Text(
                vi=f"Quyền «{permission}» có từ vai trò: {', '.join(n.vi for n in names)}.",
                en=f"The right {permission} comes with: {', '.join(n.en for n in names)}.",
            ),
        )
    taken = [role.role for role in roles if _would_give(role.role, permission, programmes)]
    if taken:
        named = [BY_CODE[role].name for role in taken]
        return Rule(
            "role.narrowed",
            False,
            Text(
                vi=f"Tỉnh đã rút quyền «{permission}» khỏi vai trò hoặc giới hạn chương trình: "
                f"{', '.join(n.vi for n in named)}.",
                en=f"The province took {permission} away from, or bounded the programmes of: "
                f"{', '.join(n.en for n in named)}.",
            ),
        )
    who = [role.name for role in ROLES if _would_give(role.code, permission, programmes)]
    return Rule(
        "role.permission",
        False,
        Text(
            vi=f"Không vai trò nào của tài khoản có quyền «{permission}». "
            f"Vai trò có quyền này: {', '.join(n.vi for n in who) or 'không có'}.",
            en=f"No role of the account has {permission}. "
            f"Roles that do: {', '.join(n.en for n in who) or 'none'}.",
        ),
    )


def _would_give(role: str, permission: str, programmes: EnabledProgrammes) -> bool:
    given = programmes.catalogue.rights(role)
    return any(permission in rights.permissions for _, rights in given)


def _area(holding: Sequence[RoleInForce], commune_id: int) -> Rule:
    covers = any(role.communes is None or commune_id in role.communes for role in holding)
    return Rule(
        "area.within",
        covers,
        Text(
            vi="Xã nằm trong phạm vi của vai trò."
            if covers
            else "Xã nằm ngoài phạm vi của các vai trò có quyền này.",
            en="The commune lies within the role's area."
            if covers
            else "The commune lies outside the area of the roles with this right.",
        ),
    )


def _confidence(holding: Sequence[RoleInForce], key: str) -> Rule:
    rights = [rights for role in holding for _, rights in role.rights]
    if any(key in one.confidential for one in rights):
        why = Text("Vai trò giám sát mọi hồ sơ mật.", "The role oversees confidential records.")
        return Rule("confidential.oversees", True, why)
    if any(key in one.assigned for one in rights):
        why = Text(
            vi="Chỉ đọc được hồ sơ đang được phân công.",
            en="Only records assigned to the account are read.",
        )
        return Rule("confidential.assigned_only", True, why)
    why = Text(
        vi="Hồ sơ mật: vai trò này không đọc được hồ sơ nào.",
        en="Confidential records: this role reads none.",
    )
    return Rule("confidential.none", False, why)


def _field(
    roles: Sequence[RoleInForce], programmes: EnabledProgrammes, form: Form, field: str
) -> Rule:
    model: Any = form.model
    hidden = field in hidden_fields(reach_of(roles, programmes), model)
    data_class = model.__table__.columns[field].info["data_class"]
    return Rule(
        "field.class",
        not hidden,
        Text(
            vi=f"Trường thuộc lớp «{data_class}», "
            + ("vượt lớp mà vai trò được xem." if hidden else "vai trò được xem."),
            en=f"The field is of class {data_class}, "
            + ("above what the role is shown." if hidden else "which the role is shown."),
        ),
    )

"""Who acts: one value, made once per request or job, that carries rights and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.kit.errors import RefusedError
from core.kit.language import Text

if TYPE_CHECKING:
    from uuid import UUID

    from core.tenancy.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A signed-in person (or the system itself) in one tenant.

    ``permissions`` come from the roles of core and of the programmes that are on; ``reach`` is
    handed to the session, so that no statement can forget it.
    """

    account_id: UUID | None
    tenant_id: int
    tenant_slug: str
    display_name: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    reach: Reach

    def may(self, permission: str) -> bool:
        """Whether a permission was given."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Refuse when a permission is missing.

        Raises:
            RefusedError: the sentence names the permission, for whoever can grant it.
        """
        if not self.may(permission):
            raise RefusedError(
                Text(
                    vi="Vai trò của bạn chưa được làm việc này. "
                    f"Người quản trị của tỉnh có thể cấp quyền «{permission}».",
                    en="Your role may not do this. "
                    f"Your province's administrator can grant the right {permission!r}.",
                )
            )

"""What a person who leaves still has open, told by whatever part knows of such work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.kit.language import Text
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One piece of work by its code, and where it is handed over; never a name."""

    what: Text
    href: str


class FindsOpenWork(Protocol):
    """Finds what an account still has open, as the session's reach allows."""

    def __call__(self, session: TenantSession, account_id: UUID) -> Sequence[OpenWork]:
        """All of it; empty when nothing is open."""
        ...

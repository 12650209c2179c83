"""What some forms need beyond their declaration: a check in code, and work after storing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.register import service as register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from core.kit.language import Text
    from core.tenancy.session import TenantSession

    Faults = tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class FormStep:
    """``check`` names fields and what is wrong with them; ``saved`` runs in the same transaction.

    ``saved`` receives the stored row, whose keys other rows may already point at.
    """

    check: Callable[[Mapping[str, Any], date], Faults] | None = None
    saved: Callable[[TenantSession, Any], None] | None = None


CORE_STEPS: Mapping[str, FormStep] = {
    "core.child": FormStep(check=register.check_child, saved=register.index_child),
}

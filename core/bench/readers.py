"""The reach of somebody with one role, for benches that ask in a reader's name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from core.access.reaching import reach_of
from core.access.roles_in_force import RoleInForce

if TYPE_CHECKING:
    from core.registry.service import Registry
    from core.tenancy.reach import Communes, Reach


def reach_as(registry: Registry, role: str, communes: Communes) -> Reach:
    """What one role reaches in some communes, or in the whole tenant, with every programme on."""
    programmes = registry.enabled(info.key for info in registry.plugins)
    held = RoleInForce(role, communes, programmes.catalogue.rights(role))
    return replace(reach_of([held], programmes), holder=UUID(int=1))

"""What the parents' situation proposes; a person decides, nothing is ever set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.register.family.models import ParentRecord


def proposed_group(mother: ParentRecord | None, father: ParentRecord | None) -> str | None:
    """Group a when both are dead; group c when one is and the other is not present.

    An unknown parent proposes nothing. Source: programmes §2.2.
    """
    if mother is None or father is None:
        return None
    dead = [parent.life_status == "dead" for parent in (mother, father)]
    if all(dead):
        return "csc_orphan_both"
    if any(dead):
        other = father if dead[0] else mother
        present = other.life_status == "alive" and other.availability == "present"
        known = other.life_status != "unknown" and (
            other.life_status != "alive" or other.availability is not None
        )
        return "csc_no_support" if known and not present else None
    return None

"""What a figure may tell of single children: the rule, kept apart from the counting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.db.base import DataClass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Protection:
    """Restricted counts from 1 to ``restricted_up_to`` are hidden where they may tell too much.

    ``by_owner`` sets another bound for one programme, by its key. The default is the strictest
    one in use, so that forgetting to set it hides too much rather than too little.
    Source: security rules §6 (1 to 4; abuse 1 to 9).
    """

    restricted_up_to: int = 9
    by_owner: Mapping[str, int] = field(default_factory=dict)

    def hides(self, owner: str, sensitivity: DataClass, count: int) -> bool:
        """Whether a count of this owner must not be shown; a zero tells of nobody."""
        if sensitivity is not DataClass.RESTRICTED:
            return False
        return 0 < abs(count) <= self.by_owner.get(owner, self.restricted_up_to)


def strictest(*classes: DataClass) -> DataClass:
    """The most careful of several classes; a figure is as secret as the worst of its parts."""
    order = list(DataClass)
    return max(classes, key=order.index)

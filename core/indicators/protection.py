"""From which count on a figure tells nothing of single children."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.db.base import DataClass
from core.indicators.disclosure.cells import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Protection:
    """Up to which count a figure is small: by the programme's key, else by its sensitivity.

    The default for restricted figures is the strictest one in use, so that forgetting to set one
    hides too much rather than too little.
    Source: security rules §6 (1 to 4; abuse 1 to 9).
    """

    restricted_up_to: int = 9
    others_up_to: int = 4
    by_owner: Mapping[str, int] = field(default_factory=dict)

    def rule(self, owner: str, sensitivity: DataClass) -> Rule:
        """How the counts of a programme's figure are hidden and rounded."""
        restricted = sensitivity is DataClass.RESTRICTED
        usual = self.restricted_up_to if restricted else self.others_up_to
        return Rule(hide_up_to=self.by_owner.get(owner, usual))


def strictest(*classes: DataClass) -> DataClass:
    """The most careful of several classes; a figure is as secret as the worst of its parts."""
    order = list(DataClass)
    return max(classes, key=order.index)

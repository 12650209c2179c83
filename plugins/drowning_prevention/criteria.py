"""What a set of criteria of the Safe Home is; the sets themselves stand in ``safe_home_sets``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.plugin_api import Text

# The form asks exactly these, one column each; a set of other codes takes a new form version.
ITEM_CODES = tuple(f"item_{number:02}" for number in range(1, 34))


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion; ``text`` is ``None`` while its wording is to be completed."""

    code: str
    group: str
    mandatory: Literal["yes", "no", "unknown"]
    text: Text | None = None
    may_not_apply: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet:
    """One version; ``version`` is stored with every assessment made by it."""

    version: str
    name: Text
    legal_document: str
    first_day: date
    pass_total: int
    pass_mandatory: int
    groups: Mapping[str, Text]
    items: tuple[Item, ...]

    @property
    def known_mandatory(self) -> tuple[str, ...]:
        """The criteria that are known to be mandatory."""
        return tuple(item.code for item in self.items if item.mandatory == "yes")

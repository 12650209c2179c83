"""The forms of child labour beside the first, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.core.web.filling import Family, Filled


def filled(_family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return {}

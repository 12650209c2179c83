"""The forms of child labour beside the first, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.core.web.filling import Family, Filled


def filled(_family: Family) -> dict[str, Filled]:
    """By code of the form."""
    return {}


def needed(_family: Family) -> Iterator[tuple[str, dict[str, Any]]]:
    """What must be there before the forms can point to it."""
    yield from ()

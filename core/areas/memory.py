"""What was read of the areas, kept in memory for as long as they are the same.

The areas are the same for every tenant and change with a load, a few times a year. A transaction
that knows their mark (``AreaVersion``) finds here what was read under it before; one that does not
know it reads anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from uuid import UUID

    from sqlalchemy.orm import Session

T = TypeVar("T")

_VERSION: Final = "version of the areas"
_MOST: Final = 4096
_known: dict[tuple[UUID, Hashable], Any] = {}


def under(session: Session, version: UUID) -> None:
    """Let a session know the mark under which it reads."""
    session.info[_VERSION] = version


def recalled(session: Session, question: Hashable, read: Callable[[], T]) -> T:
    """The answer to a question on the areas alone; it must never be changed by whoever gets it."""
    version = session.info.get(_VERSION)
    if version is None:
        return read()
    known = _known.get((version, question), _known)
    if known is _known:
        if len(_known) >= _MOST:
            _known.clear()
        known = _known[version, question] = read()
    return cast("T", known)

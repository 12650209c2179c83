"""Looks children and households up, within the session's tenant and reach; never counts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.kit.errors import NotFoundError
from core.kit.language import Text
from core.kit.periods import age_at
from core.kit.text import fold, name_tokens, nfc
from core.register import repository
from core.register.models import CHILD_PREFIX, HOUSEHOLD_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.register.models import Child, Household
    from core.tenancy.session import TenantSession

PAGE = 50
MATCHES = 10
# Source: the register follows persons until they turn 18; domain page of the programmes, §2.2.
ADULT_AGE = 18
_MOST_WORDS = 8
_LONGEST = 120

_TOO_OLD = Text(
    vi="Người này đã đủ 18 tuổi vào ngày ghi sổ, không ghi vào sổ quản lý trẻ em.",
    en="This person is 18 or older on the day of registration and is not a child.",
)


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A line of the list: the code, never the name."""

    id: UUID
    child_code: str
    sex: str
    date_of_birth: date
    schooling: str
    commune_id: int
    status: str


@dataclass(frozen=True, slots=True)
class ChildMatch:
    """A child found by name or code; shows the name, which the searcher already knew in part."""

    id: UUID
    child_code: str
    full_name: str | None
    sex: str
    date_of_birth: date
    commune_id: int


@dataclass(frozen=True, slots=True)
class HouseholdMatch:
    """A household found by its head's name or its code."""

    id: UUID
    household_code: str
    head_name: str
    address: str
    commune_id: int


def list_children(
    session: TenantSession, after: UUID | None = None, limit: int = PAGE
) -> tuple[ChildLine, ...]:
    """One page in Vietnamese order of names.

    ``after`` is the id of the last child of the page before, so that an address of a page tells
    nobody's name.

    Raises:
        NotFoundError: there is no such child within reach.
    """
    place = None
    if after is not None:
        place = repository.place_of_child(session, after)
        if place is None:
            raise NotFoundError
    return tuple(ChildLine(*row) for row in repository.children_after(session, place, limit))


def get_child(session: TenantSession, child_id: UUID) -> Child:
    """The whole record; the caller writes the audit entry.

    Raises:
        NotFoundError: not there, or not within reach.
    """
    child = repository.child_by_id(session, child_id)
    if child is None:
        raise NotFoundError
    return child


def get_household(session: TenantSession, household_id: UUID) -> Household:
    """The whole record; the caller writes the audit entry.

    Raises:
        NotFoundError: not there, or not within reach.
    """
    household = repository.household_by_id(session, household_id)
    if household is None:
        raise NotFoundError
    return household


def search_children(
    session: TenantSession, text: str, limit: int = MATCHES
) -> tuple[ChildMatch, ...]:
    """Children whose names have all the words typed, or whose codes begin so.

    Words may be typed without accents and need not be finished: "do chau" finds "Đỗ Ngọc Châu".
    """
    code = _code(text, CHILD_PREFIX)
    if code is not None:
        return tuple(ChildMatch(*r) for r in repository.children_coded(session, code, limit))
    words = tuple(dict.fromkeys(name_tokens(text[:_LONGEST])))[:_MOST_WORDS]
    if not words:
        return ()
    return tuple(ChildMatch(*row) for row in repository.children_named(session, words, limit))


def search_households(
    session: TenantSession, text: str, limit: int = MATCHES
) -> tuple[HouseholdMatch, ...]:
    """Households whose head's name begins so, accents or not, or whose codes do."""
    code = _code(text, HOUSEHOLD_PREFIX)
    if code is not None:
        rows = repository.households_coded(session, code, limit)
    else:
        name = fold(text[:_LONGEST])
        rows = repository.households_headed(session, name, limit) if name else []
    return tuple(HouseholdMatch(*row) for row in rows)


def find_child(session: TenantSession, text: str) -> UUID | None:
    """The child that an id or a whole code names, if within reach."""
    key = _key(text)
    return repository.child_id_of(session, key) if key else None


def find_household(session: TenantSession, text: str) -> UUID | None:
    """The household that an id or a whole code names, if within reach."""
    key = _key(text)
    return repository.household_id_of(session, key) if key else None


def check_child(answers: Mapping[str, Any], today: date) -> tuple[tuple[str, Text], ...]:
    """What the child form cannot say as a rule: the field at fault and the sentence."""
    born = answers.get("date_of_birth")
    if born is not None and born <= today and age_at(born, today) >= ADULT_AGE:
        return (("date_of_birth", _TOO_OLD),)
    return ()


def index_child(session: TenantSession, child: Child) -> None:
    """Make a child findable by name; to be called after the name or the status has changed.

    A record that was merged is not found by its name: the survivor is.
    """
    name = "" if child.status == "merged" else child.full_name or ""
    repository.replace_tokens(session, child, name_tokens(name))


def _code(text: str, prefix: str) -> str | None:
    """The beginning of a code, if that is what was typed."""
    typed = nfc(text[:_LONGEST]).upper().replace(" ", "")
    return typed if typed.startswith(f"{prefix}-") and typed.isascii() else None


def _key(text: str) -> UUID | str | None:
    typed = nfc(text[:_LONGEST]).replace(" ", "")
    try:
        return UUID(typed)
    except ValueError:
        return typed.upper() or None

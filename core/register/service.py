"""Looks children and households up, within the session's tenant and reach; never counts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.kit.errors import NotFoundError
from core.kit.language import Text
from core.kit.periods import age_at
from core.kit.text import fold, name_tokens, nfc, vi_sort_key
from core.register import repository
from core.register.models import CHILD_PREFIX, HOUSEHOLD_PREFIX, Child, Household

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from core.tenancy.session import TenantSession

PAGE = 50
MATCHES = 10
# Source: the register follows persons until they turn 18; domain page of the programmes, §2.2.
ADULT_AGE = 18
_MOST_WORDS = 8
_RANKED = 5  # so many times what is shown is looked at, to show the closest
_LONGEST = 120

_TOO_OLD = Text(
    vi="Người này đã đủ 18 tuổi vào ngày ghi sổ, không ghi vào sổ quản lý trẻ em.",
    en="This person is 18 or older on the day of registration and is not a child.",
)


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A line of the list: the code, never the name. What the reader may not see is ``None``."""

    id: UUID
    child_code: str
    commune_id: int
    sex: str | None = None
    date_of_birth: date | None = None
    schooling: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class ChildMatch:
    """A child found by name or code; shows the name, which the searcher already knew in part.

    What the reader may not see is ``None``.
    """

    id: UUID
    child_code: str
    commune_id: int
    full_name: str | None = None
    sex: str | None = None
    date_of_birth: date | None = None


@dataclass(frozen=True, slots=True)
class HouseholdMatch:
    """A household found by its head's name or its code."""

    id: UUID
    household_code: str
    head_name: str
    address: str
    commune_id: int


def list_children(
    session: TenantSession,
    after: UUID | None = None,
    limit: int = PAGE,
    commune_id: int | None = None,
) -> tuple[ChildLine, ...]:
    """One page in Vietnamese order of names, of the whole reach or of one commune.

    ``after`` is the id of the last child of the page before, so that an address of a page tells
    nobody's name.

    Raises:
        NotFoundError: there is no such child within reach.
    """
    if after is not None and not repository.is_child(session, after):
        raise NotFoundError
    names = _columns(session, ChildLine)
    rows = repository.children_after(session, names, after, limit, commune_id)
    return tuple(ChildLine(**dict(zip(names, row, strict=True))) for row in rows)


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


def household_in_reach(session: TenantSession, household_id: UUID) -> Household | None:
    """The household of a child, unless it stayed behind in another commune."""
    return repository.household_by_id(session, household_id)


def search_children(
    session: TenantSession, text: str, limit: int = MATCHES, commune_id: int | None = None
) -> tuple[ChildMatch, ...]:
    """Children whose names have all the words typed, whose codes begin so, or whose household.

    Words may be typed without accents, in any order, and need not be finished: "do chau" finds
    "Đỗ Ngọc Châu". Whole words come first, and among them what was typed letter by letter.
    Children of a household are found by its code or its head. To whom names are hidden, only
    codes find anything.
    """
    names = _columns(session, ChildMatch)
    code = _code(text, CHILD_PREFIX)
    if code is not None:
        return _matches(names, repository.children_coded(session, names, code, limit, commune_id))
    if _code(text, HOUSEHOLD_PREFIX) is not None:
        return _of_households(session, names, text, limit, commune_id)
    if not _words(text) or "full_name" not in names:
        return ()
    found = _named(session, names, text, limit, commune_id)
    if len(found) < limit:
        heads = _of_households(session, names, text, limit, commune_id)
        known = {match.id for match in found}
        found += [match for match in heads if match.id not in known]
    return tuple(found[:limit])


def _named(
    session: TenantSession,
    names: tuple[str, ...],
    text: str,
    limit: int,
    commune_id: int | None,
) -> list[ChildMatch]:
    """Whole words first, then beginnings; a few more than asked, so that the closest come first."""
    words = _words(text)
    found: dict[UUID, ChildMatch] = {}
    for whole in (True, False):
        if len(found) < limit:
            ids = repository.children_named(
                session,
                words,
                _RANKED * limit if whole else limit,
                whole=whole,
                commune_id=commune_id,
            )
            rows = _matches(names, repository.children_with_ids(session, names, ids))
            closest = sorted(rows, key=lambda match: _distance(text, match))
            found |= {match.id: match for match in closest if match.id not in found}
    return list(found.values())[:limit]


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_tokens(text[:_LONGEST])))[:_MOST_WORDS]


def _distance(text: str, match: ChildMatch) -> tuple[int, int, str, UUID]:
    """How far a name is from what was typed: other accents, then words that were not typed."""
    name = match.full_name or ""
    typed, written = Counter(_spelled(text)), Counter(_spelled(name))
    missing = sum((typed - written).values())
    return missing, sum((written - typed).values()), vi_sort_key(name), match.id


def _spelled(text: str) -> list[str]:
    """The words with their accents, wherever the tone was put."""
    return [vi_sort_key(word) for word in nfc(text[:_LONGEST]).split()]


def _of_households(
    session: TenantSession,
    names: tuple[str, ...],
    text: str,
    limit: int,
    commune_id: int | None,
) -> tuple[ChildMatch, ...]:
    hidden = session.hidden_fields(Household) | session.hidden_fields(Child)
    if not hidden.isdisjoint({"head_name", "head_fold", "address", "household_id"}):
        return ()
    households = {found.id for found in search_households(session, text, limit)}
    if not households:
        return ()
    rows = repository.children_of_households(session, names, households, limit, commune_id)
    return _matches(names, rows)


def _columns(session: TenantSession, shown: type[ChildLine | ChildMatch]) -> tuple[str, ...]:
    return repository.shown_columns(session, tuple(field.name for field in fields(shown)))


def _matches(names: tuple[str, ...], rows: Iterable[Any]) -> tuple[ChildMatch, ...]:
    return tuple(ChildMatch(**dict(zip(names, row, strict=True))) for row in rows)


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


def codes_of_children(session: TenantSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of those children that are within reach, by id."""
    return repository.child_codes(session, ids)


def codes_of_households(session: TenantSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """The codes of those households that are within reach, by id."""
    return repository.household_codes(session, ids)


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
    repository.drop_tokens(session, child)
    if child.status != "merged":
        index_new_child(session, child)


def index_new_child(session: TenantSession, child: Child) -> None:
    """Make a child findable by name that was not there before."""
    repository.add_tokens(session, child, name_tokens(child.full_name or ""))


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

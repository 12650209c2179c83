"""New households of a list: checked by their form, never twice, stored with their first child."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from core.forms.many import ManyChecker
from core.imports import findings as found
from core.imports.columns import COMMUNE
from core.imports.families import HOUSEHOLD, code_of
from core.imports.household_columns import HOME_NUMBER, LED_BY, TOLD, asked_by
from core.kit.language import Text
from core.kit.text import fold
from core.register import bulk_households as bulk
from core.register.forms import HOUSEHOLD_FORM
from core.register.models import Household

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from uuid import UUID

    from core.forms.context import FormContext
    from core.forms.lookups import Lookups
    from core.identity.principal import Principal
    from core.imports.cells import Words
    from core.imports.families import KeptFamily
    from core.imports.findings import Said
    from core.imports.kept import KeptRow
    from core.tenancy.session import TenantSession

_NONE: Final = "no_household"


def may_enter(session: TenantSession, principal: Principal) -> bool:
    """Whether this person may enter households, and sees what is compared with those there are."""
    asked = {one.name for one in HOUSEHOLD_FORM.fields} | {"head_fold"}
    hidden = session.hidden_fields(Household) & asked
    return (
        principal.may(HOUSEHOLD_FORM.enters) and principal.may(HOUSEHOLD_FORM.sees) and not hidden
    )


@dataclass(frozen=True, slots=True)
class NewHouseholds:
    """Takes in the households of a list; ``context`` bounds where the sender enters some."""

    session: TenantSession
    context: FormContext
    words: Words
    import_id: UUID
    shared: Mapping[str, Any]
    allowed: bool
    dry_run: bool

    def look(self, rows: Sequence[KeptRow]) -> Homes:
        """Check the households of some rows that are not in the register."""
        told = {row.family.row: row.family for row in rows if row.family is not None}
        homes = Homes(self)
        sought: list[KeptFamily] = []
        for family in told.values():
            wrong = self._beyond_the_form(family)
            if wrong:
                homes.wrong[family.row] = wrong
            elif not family.code:
                sought.append(family)
        self._check(sought, homes)
        return homes

    def _beyond_the_form(self, family: KeptFamily) -> list[_Wrong]:
        clashes = [
            _Wrong(name, found.CONTRADICTED.fill(row=row, other=other))
            for name, (row, other) in (family.clashes or {}).items()
            if not family.code or name == HOUSEHOLD
        ]
        if clashes or family.code:
            return clashes
        if not self.allowed:
            return [_Wrong(HOME_NUMBER, found.NO_HOUSEHOLDS)]
        if family.twin is not None:
            return [_Wrong(HOME_NUMBER, found.SAME_HOUSEHOLD_IN_FILE.fill(row=family.twin))]
        return []

    def _check(self, families: Sequence[KeptFamily], homes: Homes) -> None:
        if not families:
            return
        typed: dict[str, Sequence[Any]] = {
            asked_by(name): self.words.typed_all(
                name, [family.cells.get(name, "") for family in families]
            )
            for name in TOLD
        }
        typed[COMMUNE] = [family.commune or None for family in families]
        context = replace(self.context, lookups=_Remembered(self.context.lookups))
        checked = ManyChecker(HOUSEHOLD_FORM, context).check(typed, len(families))
        for place, family in enumerate(families):
            errors = checked.errors.get(place)
            if errors:
                homes.wrong[family.row] = [
                    _Wrong(_column(one.field), one.message) for one in errors
                ]
                continue
            values = {name: column[place] for name, column in checked.values.items()}
            homes.right[family.row] = values | {"id": family.id_in(self.import_id)}


@dataclass(frozen=True, slots=True)
class _Wrong:
    column: str
    message: Text


@dataclass(slots=True)
class Homes:
    """The households of one chunk, by the first row of each in the list."""

    of: NewHouseholds
    right: dict[int, dict[str, Any]] = field(default_factory=dict, repr=False)
    wrong: dict[int, list[_Wrong]] = field(default_factory=dict, repr=False)

    def fill(self, rows: Sequence[KeptRow], answers: dict[str, list[Any]]) -> None:
        """Answer which household it is, where the row names no code of its own."""
        given = answers.setdefault(HOUSEHOLD, [None] * len(rows))
        for place, row in enumerate(rows):
            if row.family is not None and given[place] is None:
                home = self.right.get(row.family.row)
                given[place] = row.family.code or (str(home["id"]) if home else None)

    def finding(self, otherwise: Callable[[str], UUID | None]) -> Callable[[str], UUID | None]:
        """Finds the new households by their ids, all others as before."""
        known = {code_of(str(home["id"])): home["id"] for home in self.right.values()}
        return lambda text: known.get(code_of(text)) or otherwise(text)

    def faults(
        self, rows: Sequence[KeptRow], relations: Sequence[Any]
    ) -> Iterable[tuple[int, list[Said]]]:
        """What keeps rows out because of their households, by place."""
        for place, row in enumerate(rows):
            wrong = self.wrong.get(row.family.row) if row.family is not None else None
            if wrong and relations[place] != _NONE:
                yield place, [_placed(row, one.column, one.message) for one in wrong]

    def put_clearly(self, row: KeptRow, answer: Any, said: Sequence[Said]) -> list[Said]:
        """What the form says, but for the household, which the list tells in a way of its own."""
        rest = [one for one in said if one.field != HOUSEHOLD]
        of_home = [one for one in said if one.field == HOUSEHOLD]
        if not of_home or (answer is None and row.family is not None):
            return rest  # why it is none stands beside it
        if answer is None:
            return [*rest, found.said(HOUSEHOLD, found.HOUSEHOLD_NEEDED)]
        return [*rest, *(_placed(row, HOUSEHOLD, Text(one.vi, one.en)) for one in of_home)]

    def new_of(self, row: KeptRow, home: UUID | None) -> int | None:
        """The household of a right row, if it is one of the list."""
        known = None if row.family is None else self.right.get(row.family.row)
        return row.family.row if known and row.family and known["id"] == home else None

    def doubles(self, firsts: Iterable[int]) -> dict[int, str]:
        """Which of some households the register has already, with the code of one there."""
        sought = {first: self.right[first] for first in firsts}
        headed = {first: (one[COMMUNE], one["head_fold"]) for first, one in sought.items()}
        there = bulk.households_headed(self.of.session, headed.values()) if sought else {}
        doubled: dict[int, str] = {}
        for first, one in sought.items():
            alike = there.get(headed[first], ())
            if any(known.id == one["id"] for known in alike):
                continue  # another chunk of the list has stored it
            address = fold(one["address"])
            for known in alike:
                if fold(known.address) == address:
                    doubled.setdefault(first, known.code)
        return doubled

    def store(self, firsts: Iterable[int]) -> dict[int, UUID]:
        """Store some households unless they are; which are new, or would be, with their ids."""
        rows = {first: self.right[first] for first in sorted(firsts)}
        stored = {row["id"] for row in rows.values()}
        if rows and not self.of.dry_run:
            stored = bulk.store_households(self.of.session, list(rows.values()), self.of.shared)
        return {first: row["id"] for first, row in rows.items() if row["id"] in stored}


class _Remembered:
    """Looks each hamlet up once for a chunk."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._named: dict[tuple[str, str], UUID | None] = {}
        self._lies: dict[UUID, int | None] = {}

    def find_hamlet(self, text: str, commune: object = None) -> UUID | None:
        key = (text, str(commune))
        if key not in self._named:
            self._named[key] = self._lookups.find_hamlet(text, commune)
        return self._named[key]

    def commune_of(self, hamlet_id: UUID) -> int | None:
        if hamlet_id not in self._lies:
            self._lies[hamlet_id] = self._lookups.commune_of(hamlet_id)
        return self._lies[hamlet_id]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lookups, name)


def _column(name: str) -> str:
    """Where a field of the household's form stands in the list."""
    return COMMUNE if name == COMMUNE else f"{LED_BY}{name}"


def _placed(row: KeptRow, column: str, message: Text) -> Said:
    """A fault, with the row in which the cell stands if that is another one."""
    family = row.family
    if family is not None and column in family.cells and not family.clashes:
        stands = family.row_of(column)
        if stands != row.number:
            vi = found.STANDS_AT.vi.format(message=message.vi, row=stands)
            en = found.STANDS_AT.en.format(message=message.en, row=stands)
            message = Text(vi=vi, en=en)
    return found.said(column, message)

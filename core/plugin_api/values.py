"""Frozen values and protocols that pass between core and a plugin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from core.db.base import DataClass

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.kit.language import Text
    from core.plugin_api.documents import Block, Figure


@dataclass(frozen=True, slots=True)
class RoleRights:
    """Rights that a role of core gets in this programme, as permissions with the plugin's key.

    ``reads`` is the most careful class of column the role is shown in the programme's tables, and
    ``hides`` names columns (``table.column``) kept from it all the same. ``confidential`` holds
    the keys of confidential tables that the role oversees: it reads every row within its area;
    ``assigned`` those of which it reads the rows it was given to work on, and no other.
    """

    role: str
    permissions: frozenset[str]
    confidential: frozenset[str] = frozenset()
    assigned: frozenset[str] = frozenset()
    reads: DataClass = DataClass.PERSONAL
    hides: frozenset[str] = frozenset()


class SectionContext(Protocol):
    """What a report section may ask while it is written; every number comes through here."""

    @property
    def year(self) -> int:
        """The year the period begins in."""

    @property
    def has_districts(self) -> bool:
        """Whether the tenant has districts during the period."""

    def indicator(self, code: str, *, last_year: bool = False) -> Figure:
        """An indicator for the period of the report, or for the same period last year."""

    def measure(
        self,
        code: str,
        *,
        last_year: bool = False,
        sex: str | None = None,
        age_band: str | None = None,
        detail: str | None = None,
    ) -> Figure:
        """A measure, whole or one cell of its breakdowns."""

    def by(
        self, code: str, breakdown: Literal["sex", "age_band", "detail"], *, last_year: bool = False
    ) -> Mapping[str, Figure]:
        """A measure by one breakdown; keys in the declared order, those with a zero included."""

    def by_commune(self, code: str) -> Mapping[str, Figure]:
        """A measure or indicator in each commune where it counted anything, by their names."""

    def planned(self, activity_code: str) -> int | None:
        """The planned quantity of an activity in the province's programme; ``None`` if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """One section of a periodic report, written when its programme was on in the period.

    An ``annex`` stands behind everything else: what a partner's project did, for example.
    """

    code: str
    title: Text
    write: Callable[[SectionContext], Sequence[Block]]
    order: int = 100
    annex: bool = False


@dataclass(frozen=True, slots=True)
class RecordView:
    """A stored record as others may know it: which form, which record; no answers."""

    form_code: str
    record_id: UUID
    entered_on: date


class EventContext(Protocol):
    """Given to ``on_…`` hooks, which run as a job after commit."""

    @property
    def tenant_slug(self) -> str:
        """The tenant in which it happened."""

    def enqueue(self, job_code: str, *identifiers: str) -> None:
        """Ask for one of the plugin's own jobs, in the same transaction."""


class SwitchContext(Protocol):
    """Given to ``check_switch_off``: counts what a switch would touch."""

    def count(self, form_code: str) -> int:
        """Records entered with one of the plugin's forms; never which."""


@dataclass(frozen=True, slots=True)
class RouteContext:
    """A reading request to one of the plugin's routes, after all checks."""

    tenant_slug: str
    query: Mapping[str, str]
    measure: Callable[[str, str], Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A reading route under ``/api/v1/programmes/<key>/<path>``; answers plain values as JSON."""

    code: str
    path: str
    permission: str
    answer: Callable[[RouteContext], Mapping[str, Any]]


class JobContext(Protocol):
    """Given to a plugin's job: it counts and writes nothing itself, it asks core."""

    @property
    def tenant_slug(self) -> str:
        """The tenant the job works for."""

    @property
    def now(self) -> datetime:
        """The moment the job runs, with zone."""

    def note(self, text: str) -> None:
        """Leave a line in the job's record, without personal data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work of a plugin that runs in the worker; identifiers are its only arguments."""

    code: str
    run: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Submission:
    """Answers to a form as a person would give them, texts and all.

    For generated records a ``name`` lets later submissions of the same world point to the record:
    by ``Made(name)``. A ``copy`` is what a form's ``makes`` gives to another owner's form that
    ``takes_copies``: stored in the programme's name, so that whoever wrote the original needs
    no right in the other form and reaches no record there.
    """

    form_code: str
    answers: Mapping[str, Any]
    on: date
    name: str | None = None
    copy: bool = False

    def pointing(self, made: Mapping[str, UUID]) -> Mapping[str, Any]:
        """The answers, with the id of each record that was made before in its place."""
        return {
            field: str(made[value.name]) if isinstance(value, Made) else value
            for field, value in self.answers.items()
        }


@dataclass(frozen=True, slots=True)
class Made:
    """The answer that names the record which an earlier submission of that name made."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolling:
    """What a form's ``makes`` gives to enrol a child in the partner's project of this programme.

    Core finds the agreement in force that the child's commune lies in, checks the consent and
    shows the partner the child from now on; without one the whole record is refused. Whoever
    enters the form needs core's right to enrol.
    """

    child_id: UUID
    guardian_consent_on: date | None
    child_assent_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What a form's ``makes`` gives to take a child out of the project; it ends with this record.

    Whoever enters the form needs core's right to enrol.
    """

    child_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class DemoChild:
    """A generated child of the demonstration's register."""

    id: UUID
    sex: Literal["male", "female"]
    born: date
    commune_id: int
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """What a plugin may draw on when it makes generated records; seeded, so always the same.

    ``agreed`` holds, by programme, the communes of the agreement with the generated partner.
    """

    tenant_slug: str
    year: int
    random: random.Random
    communes: tuple[int, ...]
    children: tuple[DemoChild, ...] = field(repr=False)
    agreed: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

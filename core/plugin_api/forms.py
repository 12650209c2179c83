"""Forms as declarations over typed columns: one gives the page, the checks, the API and history."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from core.kit.language import Text
    from core.plugin_api.records import Records
    from core.plugin_api.rules import Rule, Term
    from core.plugin_api.values import Enrolling, Leaving, Submission
    from core.tenancy.models import TenantOwned

    Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
    Verify = Callable[[Records, Mapping[str, Any]], Iterable["Fault"]]
    Prefill = Callable[[Records, Mapping[str, Any]], Mapping[str, Any]]
    Makes = Callable[[Records, Any], Iterable[TenantOwned | Submission | Enrolling | Leaving]]
    Before = Mapping[str, Sequence[Mapping[str, Any]]]
    Remakes = Callable[[Records, Any, Before], Iterable[TenantOwned]]

Kind = Literal[
    "text",
    "textarea",
    "integer",
    "decimal",
    "date",
    "datetime",
    "choice",
    "choices",
    "yes_no",
    "commune",
    "hamlet",
    "child",
    "household",
    "record",
]


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be chosen, and how it is called.

    ``until`` is the last version of the form that offers it; older records go on showing it.
    """

    value: str
    label: Text
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that must hold, and what to say at the field when it does not."""

    rule: Rule
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question, stored in the column of the same name of the form's model.

    ``relevant`` decides whether it is asked at all; what is not asked is stored as null.
    ``required`` may be a rule. ``least`` and ``most`` bound a number (inclusive). ``computed``
    fields are filled by the form's ``compute`` and shown, not asked. A ``decimal`` has at most
    ``places`` digits behind the comma. A ``hamlet`` and a ``record`` (of the form whose code is
    ``of``) are stored as their UUID, and found within the reach of who enters alone.

    A computed field with a ``value`` is that term, which the page follows while somebody types.

    A field is asked in the versions of the form from ``since`` to ``until``; one that is asked
    no more stays declared, so that no old answer is hidden. What is ``fixed`` is not corrected.
    """

    name: str
    label: Text
    kind: Kind
    required: bool | Rule = False
    relevant: Rule | None = None
    options: tuple[Option, ...] = ()
    checks: tuple[Check, ...] = ()
    help: Text | None = None
    least: int | Term | None = None
    most: int | Term | None = None
    max_length: int | None = None
    suffix: Text | None = None
    not_future: bool = False
    computed: bool = False
    value: Term | None = None
    places: int = 2
    of: str | None = None
    since: int = 1
    until: int | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A headed group of fields."""

    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Rows of a form that repeat: each a row of a table of their own.

    ``parent`` is the column of ``model`` that holds the id of the record. A rule of a field sees
    the answers of its row before those of the form; ``checks`` are of the whole row. In the
    form's own rules ``count_of`` and ``sum_of`` look at the rows. Rows that are left empty are
    not rows. What is not ``relevant`` has none.
    """

    name: str
    title: Text
    model: type[TenantOwned]
    parent: str
    fields: tuple[Field, ...]
    least: int = 0
    most: int = 50
    relevant: Rule | None = None
    checks: tuple[Check, ...] = ()
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What ``verify`` finds wrong, at which field; in a roster ``name.0.field``, from zero."""

    field: str
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The next form to open after saving; offered, never opened by itself.

    ``when`` looks at the stored answers. ``carry`` fills fields of the other form: its field to
    ours, or to ``id``, the saved record itself; ``fills`` gives it answers, as they are typed.
    Whoever may not read the record takes nothing along. Of several offers of one form at most one
    applies. ``core.case_intake``, the intake of a case, is offered on the record's page for good.
    """

    form: str
    label: Text
    when: Rule | None = None
    carry: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of a programme (or of core) over one model.

    ``code`` is permanent and begins with the plugin's key. ``compute`` receives the checked
    answers and returns the values of computed columns; it is pure. ``columns`` names the fields
    that a list of records shows; names of people are never among them. ``sees`` is the
    permission to list and open records, ``enters`` the one to add them. ``code_column`` holds the
    code by which people speak of a record; with it a record may be opened out of duty. With
    ``attachments`` papers may be attached to a record; its model lies in a commune and is not
    confidential. ``makes`` is asked once, when a record is new; after a correction ``remakes`` is
    asked what follows from it, with the rows of its rosters as they were before. A form that
    ``takes_copies`` is filled by the ``makes`` of other forms too, for
    people who have no right in it.
    """

    code: str
    number: str
    title: Text
    purpose: Text
    model: type[TenantOwned]
    parts: tuple[Part, ...]
    columns: tuple[str, ...]
    enters: str
    sees: str
    version: int = 1
    code_column: str | None = None
    called: str | None = None
    compute: Compute | None = None
    source: str = ""
    attachments: bool = False
    rosters: tuple[Roster, ...] = ()
    verify: Verify | None = None
    prefill: Prefill | None = None
    makes: Makes | None = None
    remakes: Remakes | None = None
    offers: tuple[Offer, ...] = ()
    editable: bool = False
    takes_copies: bool = False

    def at(self, version: int) -> Form:
        """The form as it stood in one of its versions."""
        every = (*self.fields, *(one for roster in self.rosters for one in roster.fields))
        if version == self.version and not any(_changes(one) for one in every):
            return self
        return replace(
            self,
            version=version,
            parts=tuple(replace(p, fields=_asked_in(p.fields, version)) for p in self.parts),
            rosters=tuple(replace(r, fields=_asked_in(r.fields, version)) for r in self.rosters),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the page."""
        return tuple(field for part in self.parts for field in part.fields)


def _asked_in(fields: tuple[Field, ...], version: int) -> tuple[Field, ...]:
    return tuple(
        replace(one, options=tuple(o for o in one.options if _lasts(o.until, version)))
        for one in fields
        if one.since <= version and _lasts(one.until, version)
    )


def _changes(one: Field) -> bool:
    ends = one.until is not None or any(o.until is not None for o in one.options)
    return ends or one.since > 1


def _lasts(until: int | None, version: int) -> bool:
    return until is None or version <= until

"""Forms as declarations over typed columns: one gives the page, the checks, the API and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from core.kit.language import Text
    from core.plugin_api.rules import Rule, Term
    from core.tenancy.models import TenantOwned

Kind = Literal[
    "text",
    "textarea",
    "integer",
    "date",
    "datetime",
    "choice",
    "choices",
    "yes_no",
    "commune",
    "child",
    "household",
]


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be chosen, and how it is called."""

    value: str
    label: Text


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
    fields are filled by the form's ``compute`` and shown, not asked.
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


@dataclass(frozen=True, slots=True)
class Part:
    """A headed group of fields."""

    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of a programme (or of core) over one model.

    ``code`` is permanent and begins with the plugin's key. ``compute`` receives the checked
    answers and returns the values of computed columns; it is pure. ``columns`` names the fields
    that a list of records shows; names of people are never among them. ``sees`` is the
    permission to list and open records, ``enters`` the one to add them. ``code_column`` holds the
    code by which people speak of a record; with it a record may be opened out of duty.
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
    compute: Compute | None = None
    source: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the page."""
        return tuple(field for part in self.parts for field in part.fields)


if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]

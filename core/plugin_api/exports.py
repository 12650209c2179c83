"""Files that a programme gives to the outside: numbers as published, and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.kit.language import Text
    from core.plugin_api.documents import Figure, Table
    from core.plugin_api.figures import Breakdown
    from core.plugin_api.rules import Rule


class ExportContext(Protocol):
    """What an export may ask while it is written: figures for the outside, and no person."""

    @property
    def year(self) -> int:
        """The year that the file tells of."""

    def indicator(self, code: str) -> Figure:
        """An indicator of the year as published: rounded, hidden where it would tell too much.

        ``NOT_REPORTED`` until the year is published (``annhi figures publish``).
        """

    def by(self, code: str, breakdown: Breakdown) -> Mapping[str, Figure]:
        """The same by one breakdown; keys in the declared order."""

    def lines(self, form_code: str, where: Rule) -> Sequence[Mapping[str, Any]]:
        """The programme's records of a form whose rows lie in no commune and tell of no person.

        Rows are their columns by name, typed, at most 500.

        Raises:
            ValueError: the form's rows lie in a commune, or it is another programme's.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A table that is taken away as a file, XLSX or CSV: a log frame for a donor.

    ``permission`` is the one to take it away; core writes down who did. ``write`` returns one
    table, in both languages, without a person in it: it is given nothing to name one by.
    """

    code: str
    title: Text
    purpose: Text
    permission: str
    write: Callable[[ExportContext], Table]

"""How far a session reaches inside its tenant: which rows, and which classes of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.db.base import DataClass

if TYPE_CHECKING:
    from uuid import UUID

Communes = frozenset[int] | None
"""The communes of a bound; ``None`` is the whole tenant, an empty set no commune at all."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The bounds of one reader, made once from roles and carried by every statement.

    ``communes`` bounds rows that lie in a commune; ``areas`` overrides it for single tables
    (``schema.table``) where a person's roles reach differently far. ``confidential`` holds the
    keys of confidential tables whose rows are all read within the communes, ``assigned`` those
    of which only rows given to the ``holder`` are. ``programmes`` are the schemas that exist for
    the reader, ``classes`` the most careful class of column in each schema; ``None`` bounds
    neither. ``hidden`` names single columns (``schema.table.column``) kept from the reader
    whatever their class. ``figures`` holds the programmes whose figures the reader may be told,
    ``None`` all of them. A ``partner`` reads rows of enrolled children and nothing else. ``shut``
    names the tables (``schema.table``) that none of the reader's roles may read: an enrolment, or
    a grant of a confidential case, opens no row there. (A paper of core that a referral names is
    read through its grant alone.)
    """

    communes: Communes
    confidential: frozenset[str] = frozenset()
    every_confidential: bool = False
    areas: tuple[tuple[str, Communes], ...] = ()
    entry_areas: tuple[tuple[str, Communes], ...] = ()
    assigned: frozenset[str] = frozenset()
    holder: UUID | None = None
    partner: bool = False
    programmes: frozenset[str] | None = None
    classes: tuple[tuple[str, DataClass], ...] | None = None
    hidden: frozenset[str] = frozenset()
    figures: frozenset[str] | None = None
    shut: frozenset[str] = frozenset()

    @classmethod
    def whole_tenant(cls) -> Reach:
        """Everything but confidential rows."""
        return cls(communes=None)

    @classmethod
    def counting(cls) -> Reach:
        """Everything, for code that returns totals only and never rows."""
        return cls(communes=None, every_confidential=True)

    @classmethod
    def nothing(cls) -> Reach:
        """No row that lies in a commune, and no confidential row."""
        return cls(communes=frozenset())

    @property
    def is_unbounded(self) -> bool:
        """Whether it is code of ours at work that no reader stands behind."""
        return self.communes is None and self.classes is None and self.programmes is None

    def communes_in(self, table: str) -> Communes:
        """The communes whose rows of ``schema.table`` are read."""
        return dict(self.areas).get(table, self.communes)

    def communes_to_enter(self, table: str) -> Communes:
        """The communes in which rows of ``schema.table`` may be stored."""
        return dict(self.entry_areas).get(table, self.communes)

    def reads_class(self, schema: str, data_class: DataClass) -> bool:
        """Whether columns of a class are shown at all in a schema."""
        if self.classes is None:
            return True
        ceiling = dict(self.classes).get(schema, DataClass.INTERNAL)
        return data_class.rank <= ceiling.rank

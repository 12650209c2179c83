"""What a form's rules may read of other records: within the reach of who enters, and no further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from core.plugin_api.rules import Rule
    from core.tenancy.models import TenantOwned

    Source = str | type[TenantOwned]
    Found = Mapping[str, Any]


class Records(Protocol):
    """Reads records by the code of their form, or rows of a model of the plugin's own.

    Nothing of another tenant, area or confidential group is found. A row is its columns by name,
    typed; those hidden from the reader are ``None``. A ``where`` is a rule in which ``answer``
    names a column: ``answer("household_id").equals(household) & answer("year").equals(2018)``.
    What ``verify`` asks of its own form is asked by one submission at a time, so that "one for
    each household and year" holds when two people save at once.
    """

    @property
    def today(self) -> date:
        """The day on which the answers are checked."""

    @property
    def person(self) -> UUID | None:
        """The account that enters the answers: what one wrote, another confirms."""

    @property
    def corrects(self) -> bool:
        """Whether the answers take the place of a record's own, which is not found then."""

    def get(self, source: Source, record_id: UUID | None) -> Found | None:
        """One record, or ``None``."""

    def find(
        self, source: Source, where: Rule, *, newest: str | None = None, limit: int = 50
    ) -> Sequence[Found]:
        """The records for which the rule holds; by the column ``newest``, the latest first."""

    def count(self, source: Source, where: Rule) -> int:
        """How many there are."""

    def setting(self, name: str, default: int) -> int:
        """A whole number that the province sets in ``[programmes.<key>] settings``, or the default.

        ``name`` is the programme's key and the setting's name: ``drowning_prevention.min_age``.
        """

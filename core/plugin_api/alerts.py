"""Alerts as declarations: which records need attention now, and who is meant to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from core.kit.language import Text
    from core.tenancy.models import TenantOwned


@dataclass(frozen=True, slots=True)
class Moment:
    """When core looks, and what the province set: nothing else may enter the condition.

    ``agreed`` are the communes of the agreements in force about a partner's project.
    """

    now: datetime
    today: date
    settings: Mapping[str, int] = field(default_factory=dict)
    agreed: frozenset[int] = frozenset()

    def setting(self, name: str) -> int:
        """A setting of the alert, as the province or else the alert itself states it.

        Raises:
            KeyError: the alert does not declare it.
        """
        return self.settings[name]


@dataclass(frozen=True, slots=True)
class Attention:
    """The rows of the alert's model that need attention, since when, and by when to act.

    ``where`` may look at other tables of the programme by ``exists()``. ``since`` and ``due`` are
    columns or expressions that give a day or a moment; without ``due`` one is to act on the day
    since when it is so. With ``in_commune`` the alert is not about single rows but about each
    commune in which there are at least so many.
    """

    where: ColumnElement[bool]
    since: Any
    due: Any = None
    in_commune: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alert:
    """Something that must not be overlooked, raised once for its record and settled by itself.

    ``title`` says what is the matter and names nobody. Whoever has one of the permissions in
    ``acts`` is told, if the record is within reach and no column that ``looks`` names is hidden
    from the reader. ``leads_to`` is the code of the form whose record it is, or a page's address
    with ``{record}`` in it; ``None`` where there is nothing to open. ``settings`` are whole
    numbers with their defaults, which a province sets in ``[programmes.<key>] settings`` (of core
    in ``[alerts]``). ``opens`` is the form to fill in next, about the record's child, or a page's
    address; whoever may not is led to ``leads_to``. Of what another owner hands over, ``lent``
    says whose settings are not the alert's own (see ``core.plugin_api.handovers``).
    ``looks`` is pure and gives one condition; ``None`` is for core, which finds some by itself.
    """

    code: str
    title: Text
    tone: Literal["danger", "warning"]
    acts: tuple[str, ...]
    model: type[TenantOwned]
    looks: Callable[[Moment], Attention] | None
    leads_to: str | None
    settings: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    opens: str | None = None
    lent: Mapping[str, str] = field(default_factory=dict)

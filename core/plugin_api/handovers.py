"""Hand-overs: one owner's records tell something, another takes it up, and neither knows the other.

Source: domain page of the programmes, §1.12.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import ColumnElement

    from core.kit.language import Text
    from core.plugin_api.alerts import Attention, Moment
    from core.tenancy.models import TenantOwned


@dataclass(frozen=True, slots=True)
class Given:
    """The row that tells of it, as columns to compare with: its child, its commune, since when.

    ``child_id`` is null where the row is about no child; ``since`` is a day.
    """

    child_id: Any
    commune_id: Any
    since: Any


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gives:
    """What the owner's records tell whom it may concern.

    ``looks`` gives the rows of ``model`` that tell it, since which day; it alone decides when it
    is over. ``model`` lies in a commune. A plugin's confidential records are never handed over.
    ``title`` names nobody. ``leads_to`` and ``settings`` are those of an alert.
    """

    code: str
    title: Text
    model: type[TenantOwned]
    looks: Callable[[Moment], Attention]
    leads_to: str | None
    settings: Mapping[str, int] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Takes:
    """What the owner does about a hand-over: an alert of its own about the giver's record.

    ``of`` is the code of the hand-over; where its giver is off there is nothing to take. Whoever
    has one of the permissions in ``acts`` is told, if the giver's record is within reach.
    ``opens`` is the owner's form to fill in next, with the child filled in, or a page's address.
    ``answered`` says by the owner's records when it has been taken up; without it, it lasts as
    long as the giver tells it. ``within`` is the setting with the days there are to act.
    """

    code: str
    of: str
    title: Text
    tone: Literal["danger", "warning"]
    acts: tuple[str, ...]
    opens: str
    answered: Callable[[Moment, Given], ColumnElement[bool]] | None = None
    within: str | None = None
    settings: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

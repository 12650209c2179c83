"""The alerts that hand-overs make: each of its taker, or of nobody where no programme takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, null

from core.db.base import CORE_SCHEMA
from core.kit.language import Text
from core.plugin_api.alerts import Alert, Attention, Moment
from core.plugin_api.handovers import Given, Gives, Takes
from core.tenancy.models import AreaScoped, Confidential

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

OVERSEE: Final = "core.handover.oversee"
_CHILD = f"{CORE_SCHEMA}.child"
_NOBODY = "Chưa có chương trình nào tiếp nhận: {}", "Not handled by a programme: {}"


def alerts_of(
    handovers: Mapping[str, Gives | Takes], installed: Mapping[str, frozenset[str]]
) -> Iterator[Alert]:
    """One alert for each that takes a hand-over, and one where somebody who would is not on.

    ``installed`` are the takers of each hand-over, on or off. An alert of a taker has its code, the
    other that of the hand-over itself; where nobody is installed that takes it, it is told too.
    """
    takes = [one for one in handovers.values() if isinstance(one, Takes)]
    for given in handovers.values():
        if isinstance(given, Gives):
            takers = [one for one in takes if one.of == given.code]
            yield from (_taken(given, taker) for taker in takers)
            if not takers or installed.get(given.code, frozenset()) - {one.code for one in takers}:
                yield _untaken(given)


def takers_in(handovers: Mapping[str, Gives | Takes]) -> Mapping[str, frozenset[str]]:
    """Who takes each hand-over, by its code."""
    takes = [one for one in handovers.values() if isinstance(one, Takes)]
    return {one.of: frozenset(t.code for t in takes if t.of == one.of) for one in takes}


def fault_of(owner: str, one: Gives | Takes) -> str | None:
    """What is wrong with the declaration by itself."""
    return _fault_of_taking(owner, one) if isinstance(one, Takes) else _fault_of_giving(owner, one)


def _fault_of_taking(owner: str, one: Takes) -> str | None:
    if not one.acts or not all(right.startswith(f"{owner}.") for right in one.acts):
        return f"is for nobody: it needs permissions that begin with {owner}"
    if one.within is not None and one.within not in one.settings:
        return f"is to be taken up within {one.within}, which is none of its settings"
    return None


def _fault_of_giving(owner: str, one: Gives) -> str | None:
    if one.model.__table__.schema != owner:  # type: ignore[attr-defined]
        return "tells of records of another owner"
    if not issubclass(one.model, AreaScoped):
        return "tells of records that lie in no commune"
    if owner != CORE_SCHEMA and issubclass(one.model, Confidential):
        return "hands over confidential records, which are nobody else's"
    return None


def _taken(given: Gives, taker: Takes) -> Alert:
    return Alert(
        code=taker.code,
        title=taker.title,
        tone=taker.tone,
        acts=taker.acts,
        model=given.model,
        looks=_looking(given, taker),
        leads_to=given.leads_to,
        opens=taker.opens,
        settings={**given.settings, **taker.settings},
        lent=dict.fromkeys(given.settings, given.code.partition(".")[0]),
        source=taker.source or given.source,
    )


def _untaken(given: Gives) -> Alert:
    vi, en = _NOBODY
    return Alert(
        code=given.code,
        title=Text(vi=vi.format(given.title.vi), en=en.format(given.title.en)),
        tone="warning",
        acts=(OVERSEE,),
        model=given.model,
        looks=given.looks,
        leads_to=given.leads_to,
        settings=given.settings,
        source=given.source,
    )


def _looking(given: Gives, taker: Takes) -> Callable[[Moment], Attention]:
    def looks(moment: Moment) -> Attention:
        told = given.looks(moment)
        due = told.due
        if taker.within is not None:
            due = told.since + moment.setting(taker.within)
        if taker.answered is None:
            return Attention(where=told.where, since=told.since, due=due)
        row = Given(_child(given.model), _commune(given.model), told.since)
        return Attention(
            where=and_(told.where, ~taker.answered(moment, row)), since=told.since, due=due
        )

    return looks


def _commune(model: Any) -> Any:
    return model.commune_id


def _child(model: Any) -> Any:
    return model.id if model.__table__.fullname == _CHILD else getattr(model, "child_id", null())

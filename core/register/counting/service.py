"""Keeps the head counts of a child in step with its records; totals are all that ever leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.register.counting import repository
from core.register.counting.models import CircumstanceSpell, SupportedChild
from core.register.counting.spells import first_supports, spells_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.register.support.models import SupportDelivery
    from core.tenancy.session import TenantSession


def keep_in_step(session: TenantSession, child_id: UUID) -> None:
    """Make the head-count rows of a child anew; to be called after any of its records changed.

    It asks and answers the same whether or not a record is confidential.
    """
    child = repository.counted_child(session, child_id)
    spells = spells_of(
        repository.stretches_of(session, child_id), since=child.since, until=child.until
    )
    helped = first_supports(spells, repository.days_of_support(session, child_id))
    about: dict[str, Any] = {
        "child_id": child_id,
        "commune_id": child.commune_id,
        "sex": child.sex,
    }
    touched = [
        *_replace(
            session,
            repository.kept(session, CircumstanceSpell, child_id),
            [
                CircumstanceSpell(**about, from_day=spell.from_day, until_day=spell.until_day)
                for spell in spells
            ],
        ),
        *_replace(
            session,
            repository.kept(session, SupportedChild, child_id),
            [SupportedChild(**about, first_on=day) for day in helped],
        ),
    ]
    session.flush()
    for row in touched:
        # what its reader may not see must not be found in the session either
        if row in session:
            session.expunge(row)


def support_saved(session: TenantSession, delivery: SupportDelivery) -> None:
    """After a help was recorded."""
    keep_in_step(session, delivery.child_id)


def _replace(session: TenantSession, kept: Sequence[Any], wanted: Sequence[Any]) -> list[Any]:
    """Leave what is right, so that only what changes is counted again."""
    there = {_said(row): row for row in kept}
    new = {_said(row): row for row in wanted}
    for key, row in there.items():
        if key not in new:
            session.delete(row)
    added = [row for key, row in new.items() if key not in there]
    session.add_all(added)
    return [*kept, *added]


def _said(row: Any) -> tuple[Any, ...]:
    names = ("commune_id", "sex", "from_day", "until_day", "first_on")
    return tuple(getattr(row, name, None) for name in names)

"""What the reading of answers must know of the world: the day, the communes, the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from core.forms import repository
from core.register import service as register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from uuid import UUID

    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class FormContext:
    """The bounds of one submission.

    ``communes`` are those within reach that existed on the day, with their names, in Vietnamese
    order. The two functions find a record within reach by its id or code.
    """

    today: date
    communes: Mapping[int, str]
    find_child: Callable[[str], UUID | None] = field(repr=False)
    find_household: Callable[[str], UUID | None] = field(repr=False)


def context_for(
    session: TenantSession, principal: Principal, today: date, *, on: date | None = None
) -> FormContext:
    """The context of a person's submission.

    ``on`` is the day whose communes may be chosen, if not today: records of the past lie in
    communes that may have ended since.
    """
    day = on or today
    if principal.reach.communes is None:
        communes = repository.communes_of_tenant(session, day)
    else:
        communes = repository.communes_named(session, principal.reach.communes, day)
    return FormContext(
        today=today,
        communes=communes,
        find_child=partial(register.find_child, session),
        find_household=partial(register.find_household, session),
    )

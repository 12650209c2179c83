"""What the reading of answers must know of the world: the day, the communes, the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from core.forms import repository
from core.forms.lookups import NoLookups, SessionLookups
from core.profiles.repository import working_day
from core.register import service as register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from uuid import UUID

    from core.forms.lookups import Lookups
    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class FormContext:
    """The bounds of one submission.

    ``communes`` are those within reach that existed on the day, with their names, in Vietnamese
    order. The two functions find a record within reach by its id or code, ``lookups`` hamlets
    and records of other forms. In ``session`` failed calls of a plugin's functions are known.
    """

    today: date
    communes: Mapping[int, str]
    find_child: Callable[[str], UUID | None] = field(repr=False)
    find_household: Callable[[str], UUID | None] = field(repr=False)
    lookups: Lookups = field(default_factory=NoLookups, repr=False)
    forms: Mapping[str, Form] = field(default_factory=dict, repr=False)
    session: TenantSession | None = field(default=None, repr=False)


def communes_to_choose(session: TenantSession, today: date) -> Mapping[int, str]:
    """Every commune of the tenant with which it works now, by id, in Vietnamese order."""
    return repository.communes_of_tenant(session, working_day(session, today))


def context_for(
    session: TenantSession,
    principal: Principal,
    today: date,
    *,
    on: date | None = None,
    form: Form | None = None,
    forms: Mapping[str, Form] | None = None,
) -> FormContext:
    """The context of a person's submission; ``forms`` are those that exist for the tenant now.

    ``on`` is the day whose communes may be chosen, if not today: records of the past lie in
    communes that may have ended since. A ``form`` bounds them to where the person may enter it.
    """
    day = on or today
    within = principal.reach.communes
    if form is not None:
        model: Any = form.model
        within = principal.reach.communes_to_enter(model.__table__.fullname)
    if within is None:
        communes = repository.communes_of_tenant(session, day)
    else:
        communes = repository.communes_named(session, within, day)
    return FormContext(
        today=today,
        communes=communes,
        find_child=partial(register.find_child, session),
        find_household=partial(register.find_household, session),
        lookups=SessionLookups(session, principal, forms or {}, day),
        forms=forms or {},
        session=session,
    )

"""Makes a principal of a sign-in: the one decision on rights and reach, once for a request or job.

Roles come from the domain pages as data; core and the programmes that are on say what each may
do; a province may take away from a role and never add to it. The reach made here is part of every
statement (``core.tenancy.bounds``), so lists, search, counts, exports, figures and jobs cannot
forget it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.access import repository
from core.access.emergency import OPEN
from core.access.reaching import reach_of, table_of
from core.access.roles_in_force import in_force, lower, places_of
from core.db.base import DataClass
from core.identity.principal import Principal
from core.identity.roles import ROLES
from core.registry.catalogue import CORE
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import Confidential, PartlyConfidential
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.access.roles_in_force import RoleInForce
    from core.access.surroundings import Surroundings
    from core.identity.service import SignedIn
    from core.registry.service import EnabledProgrammes
    from core.tenancy.session import TenantSession

# Decisions kept in memory; the oldest make room.
_DECIDED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """All that the decision on one account rests on, read anew each time.

    ``places`` are the communes of each area that a role was given for. ``agreements`` are those of
    a partner in force: programme, communes and fields.
    """

    signed_in: SignedIn
    around: Surroundings
    places: tuple[tuple[int, frozenset[int]], ...]
    agreements: tuple[tuple[str, frozenset[int], frozenset[str]], ...]


def principal_of(
    session: TenantSession,
    signed_in: SignedIn,
    programmes: EnabledProgrammes,
    around: Surroundings,
) -> Principal:
    """What a signed-in person may do and reach at this moment."""
    facts = _Facts(
        signed_in=signed_in,
        around=around,
        places=places_of(session, signed_in.roles),
        agreements=_agreements(session, signed_in.partner_id),
    )
    return _decide(facts, programmes, scoped_classes())


@lru_cache(maxsize=_DECIDED)
def _decide(
    facts: _Facts,
    programmes: EnabledProgrammes,
    _classes: tuple[type[Any], ...],  # whose tables the decision closes and opens
) -> Principal:
    """The decision itself; of the same facts, and the same tables, always the same."""
    signed_in, around = facts.signed_in, facts.around
    roles = in_force(signed_in.roles, programmes.catalogue, around.narrowed, dict(facts.places))
    reach = reach_of(roles, programmes)
    if signed_in.partner_id is not None:
        reach = _of_partner(reach, signed_in.partner_id, programmes, facts)
    else:
        reach = replace(reach, holder=signed_in.account_id)
    principal = Principal(
        account_id=signed_in.account_id,
        tenant_id=around.tenant.id,
        tenant_slug=around.tenant.slug,
        display_name=signed_in.display_name,
        roles=tuple(dict.fromkeys(role.role for role in roles)),
        permissions=_permissions(roles, signed_in.scopes),
        reach=reach,
    )
    if not principal.may(OPEN):
        return principal
    return _with_emergencies(principal, around.opened, programmes)


def _agreements(
    session: TenantSession, partner_id: UUID | None
) -> tuple[tuple[str, frozenset[int], frozenset[str]], ...]:
    if partner_id is None:
        return ()
    return tuple(
        (one.programme, frozenset(one.communes), frozenset(one.fields))
        for one in repository.agreements_in_force(session, partner_id)
    )


def _permissions(roles: Sequence[RoleInForce], scopes: frozenset[str] | None) -> frozenset[str]:
    """What the roles give together; a program's token asks for part of it and gets no more."""
    given = frozenset[str]().union(*(role.permissions for role in roles))
    return given if scopes is None else given & scopes


def _with_emergencies(
    principal: Principal, opened: Sequence[str], programmes: EnabledProgrammes
) -> Principal:
    """While a file is open out of duty, its form may be read, and of its rows that one alone."""
    for kind in opened:
        form = programmes.catalogue.forms.get(kind)
        if form is None:
            principal = _with_file_of_core(principal, kind, programmes)
            continue
        reach = principal.reach
        if issubclass(form.model, Confidential):
            owner = programmes.catalogue.owner_of[form.code]
            reach = replace(
                reach,
                assigned=reach.assigned | {form.model.confidential_key},
                programmes=(reach.programmes or frozenset()) | {owner},
                classes=(
                    *(pair for pair in reach.classes or () if pair[0] != owner),
                    (owner, DataClass.RESTRICTED),
                ),
            )
        reach = replace(reach, shut=reach.shut - {table_of(form.model)})
        principal = replace(principal, permissions=principal.permissions | {form.sees}, reach=reach)
    return principal


def _with_file_of_core(
    principal: Principal, table: str, programmes: EnabledProgrammes
) -> Principal:
    """The same for a file of core without a form, such as a case: its columns stay the role's."""
    cls = next((cls for cls in scoped_classes() if table_of(cls) == table), None)
    needed = getattr(cls, "read_with", None)
    if needed is None:
        return principal
    reach = principal.reach
    if issubclass(cls, PartlyConfidential):  # type: ignore[arg-type]  # it has a right, so it is there
        core = (
            rights
            for role in ROLES
            for owner, rights in programmes.catalogue.rights(role.code)
            if owner == CORE
        )
        keys = frozenset[str]().union(*(rights.assigned for rights in core))
        reach = replace(reach, assigned=reach.assigned | keys)
    reach = replace(reach, shut=reach.shut - {table})
    return replace(principal, permissions=principal.permissions | {needed}, reach=reach)


def _of_partner(
    reach: Reach, partner_id: UUID, programmes: EnabledProgrammes, facts: _Facts
) -> Reach:
    """A partner reads what agreements in force name: children enrolled, fields listed, no more.

    Without one it holds nothing, whatever grants may be left.
    """
    agreements = facts.agreements
    fields = frozenset[str]().union(*(listed for _, _, listed in agreements))
    about = frozenset(programme for programme, _, _ in agreements)
    return Reach(
        communes=frozenset(),
        holder=partner_id if agreements else None,
        partner=True,
        shut=reach.shut,
        programmes=(reach.programmes or frozenset()) & about,
        entry_areas=tuple(
            (table_of(form.model), communes)
            for programme, communes, _ in agreements
            for form in programmes.catalogue.forms.values()
            if programmes.catalogue.owner_of[form.code] == programme
        ),
        classes=tuple(
            (owner, lower(most, DataClass.PERSONAL)) for owner, most in reach.classes or ()
        ),
        hidden=frozenset(
            f"{table.fullname}.{column.name}"
            for cls in scoped_classes()
            for table in [cls.__table__]
            for column in table.columns
            if column.info.get("data_class") is DataClass.PERSONAL
            and column.name != "child_id"  # it bounds the rows, as the commune does
            and f"{table.fullname}.{column.name}" not in fields
        ),
    )

"""Makes a principal of a sign-in: the one decision on rights and reach, once for a request or job.

Roles come from the domain pages as data; core and the programmes that are on say what each may
do; a province may take away from a role and never add to it. The reach made here is part of every
statement (``core.tenancy.bounds``), so lists, search, counts, exports, figures and jobs cannot
forget it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.access import repository
from core.access.emergency import OPEN
from core.areas.repository import communes_within
from core.db.base import DataClass
from core.identity.principal import Principal
from core.identity.roles import ROLES
from core.profiles.repository import narrowings
from core.registry.catalogue import CORE
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential, ThroughItsDoor
from core.tenancy.reach import Communes, Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from core.access.surroundings import Surroundings
    from core.identity.service import GivenRole, SignedIn
    from core.plugin_api.values import RoleRights
    from core.profiles.repository import Narrowing
    from core.registry.catalogue import Catalogue
    from core.registry.service import EnabledProgrammes
    from core.tenancy.session import TenantSession

    TableRights = Mapping[str, frozenset[str]]


FIGURES = "core.figures.read"
# Decisions kept in memory; the oldest make room.
_DECIDED = 4096
# Reports hold the figures of every programme; agreements and the switches are about any of them.
_OF_EVERY_PROGRAMME = frozenset(
    {
        "core.report.build",
        "core.report.confirm",
        "core.report.release",
        "core.programme.switch",
        "core.agreement.manage",
    }
)


@dataclass(frozen=True, slots=True)
class RoleInForce:
    """One role of a person as it counts here: where, and what it may do in each programme.

    ``programmes`` are those it was given for; ``None`` is all of them.
    """

    role: str
    communes: Communes
    rights: tuple[tuple[str, RoleRights], ...]
    programmes: frozenset[str] | None = None

    @property
    def permissions(self) -> frozenset[str]:
        """What the role may do."""
        return frozenset[str]().union(*(rights.permissions for _, rights in self.rights))


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
        places=_places(session, signed_in.roles),
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
    roles = _in_force(signed_in.roles, programmes.catalogue, around.narrowed, dict(facts.places))
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


def roles_in_force(
    session: TenantSession, given: Sequence[GivenRole], catalogue: Catalogue
) -> tuple[RoleInForce, ...]:
    """The roles as the province narrows them, each with its communes."""
    return _in_force(given, catalogue, narrowings(session), dict(_places(session, given)))


def _places(
    session: TenantSession, given: Sequence[GivenRole]
) -> tuple[tuple[int, frozenset[int]], ...]:
    areas = sorted({one.area_id for one in given if one.area_id is not None})
    return tuple((area, communes_within(session, [area])) for area in areas)


def _agreements(
    session: TenantSession, partner_id: UUID | None
) -> tuple[tuple[str, frozenset[int], frozenset[str]], ...]:
    if partner_id is None:
        return ()
    return tuple(
        (one.programme, frozenset(one.communes), frozenset(one.fields))
        for one in repository.agreements_in_force(session, partner_id)
    )


def _in_force(
    given: Sequence[GivenRole],
    catalogue: Catalogue,
    narrowed: Sequence[Narrowing],
    places: Mapping[int, frozenset[int]],
) -> tuple[RoleInForce, ...]:
    return tuple(
        RoleInForce(
            one.role,
            None if one.area_id is None else places[one.area_id],
            tuple(_rights(one, catalogue, [n for n in narrowed if n.role == one.role])),
            None if one.programmes is None else frozenset(one.programmes),
        )
        for one in given
    )


def reach_of(roles: Sequence[RoleInForce], programmes: EnabledProgrammes) -> Reach:
    """The bounds of a person with these roles.

    Where roles cover different areas, a table is read where a role that may read it is held, and
    columns are shown as the narrowest of the roles does: a right for one commune opens no other.
    A table that none of the roles may read has no rows, whichever statement asks.
    """
    alike = len({role.communes for role in roles}) <= 1
    by_owner: dict[str, list[RoleRights]] = defaultdict(list)
    for role in roles:
        for owner, rights in role.rights:
            by_owner[owner].append(rights)
    every = [rights for listed in by_owner.values() for rights in listed]
    catalogue = programmes.catalogue
    closed = _closed(roles, catalogue)
    return Reach(
        communes=_union(role.communes for role in roles),
        confidential=frozenset[str]().union(*(rights.confidential for rights in every)),
        assigned=frozenset[str]().union(*(rights.assigned for rights in every)),
        areas=closed if alike else _areas(roles, read_with(catalogue)),
        entry_areas=() if alike else _areas(roles, _entered_with(catalogue)),
        programmes=programmes.keys & {CORE, *by_owner},
        classes=tuple(
            (owner, _ceiling(by_owner[owner], alike=alike)) for owner in sorted(by_owner)
        ),
        hidden=_hidden(by_owner, alike=alike),
        figures=_figures(roles, alike=alike),
        shut=frozenset(table for table, _ in closed),
    )


def _figures(roles: Sequence[RoleInForce], *, alike: bool) -> frozenset[str] | None:
    """The programmes whose figures are told; where areas differ, those of the narrowest role."""
    scopes = [role.programmes for role in roles if FIGURES in role.permissions]
    bounded = [scope for scope in scopes if scope is not None]
    if not bounded or (alike and len(bounded) < len(scopes)):
        return None
    together = frozenset.union if alike else frozenset.intersection
    return together(*bounded) | {CORE}


def read_with(catalogue: Catalogue) -> TableRights:
    """By ``schema.table``, the permissions of which one is needed to read its rows."""
    found: dict[str, set[str]] = defaultdict(set)
    for form in catalogue.forms.values():
        found[_table_of(form.model)].add(form.sees)
    for cls in scoped_classes():
        if issubclass(cls, AreaScoped) and cls.read_with is not None:
            found[_table_of(cls)].add(cls.read_with)
    return {table: frozenset(permissions) for table, permissions in found.items()}


def _entered_with(catalogue: Catalogue) -> TableRights:
    found: dict[str, set[str]] = defaultdict(set)
    for form in catalogue.forms.values():
        found[_table_of(form.model)].add(form.enters)
    for cls in scoped_classes():
        if issubclass(cls, AreaScoped) and cls.entered_with is not None:
            found[_table_of(cls)].add(cls.entered_with)
    return {table: frozenset(permissions) for table, permissions in found.items()}


def _rights(
    given: GivenRole, catalogue: Catalogue, narrowed: Sequence[Narrowing]
) -> Iterator[tuple[str, RoleRights]]:
    """What core and the programmes give a role, less what was not given and what is taken away.

    A role for some programmes keeps what it may do in the register and with cases, and no right
    that takes in every programme at once.
    """
    sees = _seen_with(catalogue)
    for owner, rights in catalogue.rights(given.role):
        if given.programmes is not None:
            if owner == CORE:
                whole = rights.permissions & _OF_EVERY_PROGRAMME
                rights = replace(rights, permissions=rights.permissions - whole)  # noqa: PLW2901
            elif owner not in given.programmes:
                continue
        for taken in narrowed:
            most = DataClass(dict(taken.classes).get(owner, rights.reads))
            rights = replace(  # noqa: PLW2901  narrowed step by step
                rights,
                permissions=rights.permissions - taken.without,
                reads=_lower(rights.reads, most),
            )
        yield owner, _without_lost_keys(rights, sees)


def _seen_with(catalogue: Catalogue) -> TableRights:
    """By key of a confidential table, the permissions to see its records."""
    found: dict[str, set[str]] = defaultdict(set)
    for form in catalogue.forms.values():
        if issubclass(form.model, Confidential):
            found[form.model.confidential_key].add(form.sees)
    return {key: frozenset(permissions) for key, permissions in found.items()}


def _without_lost_keys(rights: RoleRights, sees: TableRights) -> RoleRights:
    """Who may no longer see the records of a key does not reach their rows either."""
    lost = {key for key, needed in sees.items() if needed.isdisjoint(rights.permissions)}
    return replace(rights, confidential=rights.confidential - lost, assigned=rights.assigned - lost)


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
        reach = replace(reach, shut=reach.shut - {_table_of(form.model)})
        principal = replace(principal, permissions=principal.permissions | {form.sees}, reach=reach)
    return principal


def _with_file_of_core(
    principal: Principal, table: str, programmes: EnabledProgrammes
) -> Principal:
    """The same for a file of core without a form, such as a case: its columns stay the role's."""
    cls = next((cls for cls in scoped_classes() if _table_of(cls) == table), None)
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
            (_table_of(form.model), communes)
            for programme, communes, _ in agreements
            for form in programmes.catalogue.forms.values()
            if programmes.catalogue.owner_of[form.code] == programme
        ),
        classes=tuple(
            (owner, _lower(most, DataClass.PERSONAL)) for owner, most in reach.classes or ()
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


def _closed(roles: Sequence[RoleInForce], catalogue: Catalogue) -> tuple[tuple[str, Communes], ...]:
    """The tables of records that no role may read: they lie in no commune of the reader.

    Figures and words of the search are left to their doors: an empty table would count as zero.
    """
    held = frozenset[str]().union(*(role.permissions for role in roles))
    doors = {_table_of(cls) for cls in scoped_classes() if issubclass(cls, ThroughItsDoor)}
    return tuple(
        (table, frozenset())
        for table, permissions in sorted(read_with(catalogue).items())
        if table not in doors and permissions.isdisjoint(held)
    )


def _areas(roles: Sequence[RoleInForce], needed: TableRights) -> tuple[tuple[str, Communes], ...]:
    """For each table, the communes of the roles that have one of the permissions it needs."""
    return tuple(
        (
            table,
            _union(role.communes for role in roles if not permissions.isdisjoint(role.permissions)),
        )
        for table, permissions in sorted(needed.items())
    )


def _union(places: Iterable[Communes]) -> Communes:
    """All the communes together; the whole tenant as soon as one of them is."""
    found: frozenset[int] = frozenset()
    for communes in places:
        if communes is None:
            return None
        found |= communes
    return found


def _ceiling(listed: Sequence[RoleRights], *, alike: bool) -> DataClass:
    order = max if alike else min
    return order((rights.reads for rights in listed), key=lambda data_class: data_class.rank)


def _hidden(by_owner: Mapping[str, Sequence[RoleRights]], *, alike: bool) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for owner, listed in by_owner.items():
        each = [rights.hides for rights in listed]
        together = frozenset.intersection(*each) if alike else frozenset[str]().union(*each)
        found |= {f"{owner}.{name}" for name in together}
    return found


def _lower(one: DataClass, other: DataClass) -> DataClass:
    return min(one, other, key=lambda data_class: data_class.rank)


def _table_of(model: Any) -> str:
    return str(model.__table__.fullname)

"""What roles in force reach: which rows, tables and columns, as one value for every statement."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from core.registry.catalogue import CORE
from core.tenancy.bounds import scoped_classes
from core.tenancy.models import AreaScoped, ThroughItsDoor
from core.tenancy.reach import Communes, Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.access.roles_in_force import RoleInForce
    from core.db.base import DataClass
    from core.plugin_api.values import RoleRights
    from core.registry.catalogue import Catalogue
    from core.registry.service import EnabledProgrammes

    TableRights = Mapping[str, frozenset[str]]


FIGURES = "core.figures.read"


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
        found[table_of(form.model)].add(form.sees)
    for cls in scoped_classes():
        if issubclass(cls, AreaScoped) and cls.read_with is not None:
            found[table_of(cls)].add(cls.read_with)
    return {table: frozenset(permissions) for table, permissions in found.items()}


def _entered_with(catalogue: Catalogue) -> TableRights:
    found: dict[str, set[str]] = defaultdict(set)
    for form in catalogue.forms.values():
        found[table_of(form.model)].add(form.enters)
    for cls in scoped_classes():
        if issubclass(cls, AreaScoped) and cls.entered_with is not None:
            found[table_of(cls)].add(cls.entered_with)
    return {table: frozenset(permissions) for table, permissions in found.items()}


def _closed(roles: Sequence[RoleInForce], catalogue: Catalogue) -> tuple[tuple[str, Communes], ...]:
    """The tables of records that no role may read: they lie in no commune of the reader.

    Figures and words of the search are left to their doors: an empty table would count as zero.
    """
    held = frozenset[str]().union(*(role.permissions for role in roles))
    doors = {table_of(cls) for cls in scoped_classes() if issubclass(cls, ThroughItsDoor)}
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


def table_of(model: Any) -> str:
    """``schema.table`` of a model."""
    return str(model.__table__.fullname)

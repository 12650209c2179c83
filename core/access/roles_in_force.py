"""The roles of a person as they count in one province: where, and what each may do there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.areas.repository import communes_within
from core.db.base import DataClass
from core.profiles.repository import narrowings
from core.registry.catalogue import CORE
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.identity.service import GivenRole
    from core.plugin_api.values import RoleRights
    from core.profiles.repository import Narrowing
    from core.registry.catalogue import Catalogue
    from core.tenancy.reach import Communes
    from core.tenancy.session import TenantSession


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


def roles_in_force(
    session: TenantSession, given: Sequence[GivenRole], catalogue: Catalogue
) -> tuple[RoleInForce, ...]:
    """The roles as the province narrows them, each with its communes."""
    return in_force(given, catalogue, narrowings(session), dict(places_of(session, given)))


def places_of(
    session: TenantSession, given: Sequence[GivenRole]
) -> tuple[tuple[int, frozenset[int]], ...]:
    """Each area that a role was given for, with its communes."""
    areas = sorted({one.area_id for one in given if one.area_id is not None})
    return tuple((area, communes_within(session, [area])) for area in areas)


def in_force(
    given: Sequence[GivenRole],
    catalogue: Catalogue,
    narrowed: Sequence[Narrowing],
    places: Mapping[int, frozenset[int]],
) -> tuple[RoleInForce, ...]:
    """The same of facts that were read before."""
    return tuple(
        RoleInForce(
            one.role,
            None if one.area_id is None else places[one.area_id],
            tuple(_rights(one, catalogue, [n for n in narrowed if n.role == one.role])),
            None if one.programmes is None else frozenset(one.programmes),
        )
        for one in given
    )


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
                reads=lower(rights.reads, most),
            )
        yield owner, _without_lost_keys(rights, sees)


def _seen_with(catalogue: Catalogue) -> Mapping[str, frozenset[str]]:
    """By key of a confidential table, the permissions to see its records."""
    found: dict[str, set[str]] = defaultdict(set)
    for form in catalogue.forms.values():
        if issubclass(form.model, Confidential):
            found[form.model.confidential_key].add(form.sees)
    return {key: frozenset(permissions) for key, permissions in found.items()}


def _without_lost_keys(rights: RoleRights, sees: Mapping[str, frozenset[str]]) -> RoleRights:
    """Who may no longer see the records of a key does not reach their rows either."""
    lost = {key for key, needed in sees.items() if needed.isdisjoint(rights.permissions)}
    return replace(rights, confidential=rights.confidential - lost, assigned=rights.assigned - lost)


def lower(one: DataClass, other: DataClass) -> DataClass:
    """The less careful of two classes: what both may see."""
    return min(one, other, key=lambda data_class: data_class.rank)

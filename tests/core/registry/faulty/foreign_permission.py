"""Fault: gives a right in another's name."""

from core.plugin_api import RoleRights, hookimpl
from faulty.cards import card

PLUGIN = card("foreign_permission")


@hookimpl
def roles() -> tuple[RoleRights, ...]:
    """A right of core's."""
    return (RoleRights("collaborator", frozenset({"core.programme.switch"})),)

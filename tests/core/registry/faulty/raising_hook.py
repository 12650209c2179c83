"""Fault: a contribution raises."""

from core.plugin_api import Form, hookimpl
from faulty.cards import card

PLUGIN = card("raising_hook")


@hookimpl
def forms() -> tuple[Form, ...]:
    """Fail."""
    raise ValueError("no forms today")

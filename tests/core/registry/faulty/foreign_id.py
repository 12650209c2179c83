"""Fault: declares an id under another's key."""

from core.plugin_api import Job, hookimpl
from faulty.cards import card

PLUGIN = card("foreign_id")


@hookimpl
def jobs() -> tuple[Job, ...]:
    """Not under its own key."""
    return (Job(code="sample_meals.tidy", run=print),)

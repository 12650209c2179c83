"""Fault: declares one id twice."""

from core.plugin_api import Job, hookimpl
from faulty.cards import card

PLUGIN = card("repeated_id")


@hookimpl
def jobs() -> tuple[Job, ...]:
    """The same twice."""
    return (Job(code="repeated_id.tidy", run=print), Job(code="repeated_id.tidy", run=print))

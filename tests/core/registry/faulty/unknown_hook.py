"""Fault: implements a hook that does not exist."""

from core.plugin_api import hookimpl
from faulty.cards import card

PLUGIN = card("unknown_hook")


@hookimpl
def celebrations() -> tuple[str, ...]:
    """Nobody calls this."""
    return ("Trung thu",)

"""Fault: asks for an argument that the hook does not have."""

from core.plugin_api import hookimpl
from faulty.cards import card

PLUGIN = card("unknown_argument")


@hookimpl
def on_record_saved(session: object) -> None:
    """No hook is ever given a session."""

"""Fault: an indicator on a measure that nobody declares."""

from core.plugin_api import Count, Indicator, Text, hookimpl
from faulty.cards import card

PLUGIN = card("unknown_measure")
_ANY = Text(vi="Thử", en="Test")


@hookimpl
def indicators() -> tuple[Indicator, ...]:
    """Counts what is not counted."""
    return (
        Indicator(
            code="UNK-01",
            name=_ANY,
            definition=_ANY,
            unit=_ANY,
            direction="up",
            frequency=("Y",),
            formula=Count("unknown_measure.never"),
        ),
    )

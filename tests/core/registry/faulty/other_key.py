"""Fault: its key is not the name of its entry point."""

from faulty.cards import card

PLUGIN = card("quite_another")

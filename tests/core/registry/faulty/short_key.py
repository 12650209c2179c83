"""Fault: its key is no key."""

from faulty.cards import card

PLUGIN = card("Ab")

"""Fault: its range cannot be read."""

from faulty.cards import card

PLUGIN = card("unreadable_api", api="about one")

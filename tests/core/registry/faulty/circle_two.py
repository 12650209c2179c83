"""Fault: requires a plugin that requires it."""

from faulty.cards import card

PLUGIN = card("circle_two", requires=("circle_one",))

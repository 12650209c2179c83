"""Fault: requires a plugin that requires it."""

from faulty.cards import card

PLUGIN = card("circle_one", requires=("circle_two",))

"""Fault: requires a plugin that is not installed."""

from faulty.cards import card

PLUGIN = card("missing_requirement", requires=("not_there",))

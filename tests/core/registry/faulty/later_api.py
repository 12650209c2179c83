"""Fault: fits a later plugin API."""

from faulty.cards import card

PLUGIN = card("later_api", api=">=2,<3")

"""Fault: nobody to ask."""

from faulty.cards import card

PLUGIN = card("no_contact", contact="")

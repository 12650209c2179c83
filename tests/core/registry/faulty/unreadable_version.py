"""Fault: its version is none."""

from faulty.cards import card

PLUGIN = card("unreadable_version", version="the new one")

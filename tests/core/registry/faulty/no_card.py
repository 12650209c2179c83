"""Fault: has no card."""

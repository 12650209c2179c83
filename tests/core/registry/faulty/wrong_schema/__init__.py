"""Fault: a table outside the schema of its key."""

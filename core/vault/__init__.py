"""Sealing: values that the database keeps but cannot read, under keys that it never holds."""

"""The log of who did what to which record: append-only, never a value, never a search text."""

"""Generated records for demonstrations and tests; no record here is about a real person."""

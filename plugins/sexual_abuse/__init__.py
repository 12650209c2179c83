"""Prevention of, and response to, sexual abuse of children; every record is restricted."""

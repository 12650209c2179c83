"""Papers attached to a record: judged when they come in, guarded when they go out."""

"""What the domain page asks for, entity by entity, held against the running program."""

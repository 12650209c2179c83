"""Prevention of drowning and injuries of children."""

"""Care of orphaned, abandoned and unsupported children."""

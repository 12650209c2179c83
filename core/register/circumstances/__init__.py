"""Special circumstances of children: the groups, who may read of them, and their records."""

"""Children at risk, and every help that was given."""

"""Budget lines, what was spent, what was given, and who sets aside less than the minimum."""

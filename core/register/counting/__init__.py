"""Head counts that include confidential groups: rows nobody reads, kept for totals alone."""

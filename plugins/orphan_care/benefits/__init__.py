"""Monthly allowances: what the law gives, what was decided, what was paid."""

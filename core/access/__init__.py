"""Who may do what, where, in which programme, on which class of field: decided in one place."""

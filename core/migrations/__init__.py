"""One Alembic environment over all chains: core's own and one for each plugin."""

"""Tools of the repository itself; nothing of the platform imports them."""

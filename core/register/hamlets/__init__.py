"""Hamlets: no administrative level, but where collaborators work and people say that they live."""

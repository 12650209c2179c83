"""The public test kit: a real database in 20 ms, tenants with look-alike rows, factories."""

"""The tenant wall: tenants, tenant-owned tables, and sessions that stay in one tenant."""

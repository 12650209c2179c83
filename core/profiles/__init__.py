"""Provinces as configuration: what `tenants/` declares, checked, compared and applied."""

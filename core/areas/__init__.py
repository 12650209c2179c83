"""Provinces, districts and communes with their dates and succession; reference data, no tenant."""

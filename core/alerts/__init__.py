"""Alerts of core and of the programmes: found by a job, read by whoever reads their record."""

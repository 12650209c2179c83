"""The ministry's sum over what the provinces have released; the only place that crosses tenants."""

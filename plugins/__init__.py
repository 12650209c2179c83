"""The national programmes: one folder each, on ``core.plugin_api`` alone."""

"""Plugins with one fault each; every one must stop the start with its name and the reason."""

"""A plugin that grows."""

"""A plugin whose parts fail on demand."""

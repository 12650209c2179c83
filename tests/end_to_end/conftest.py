"""The world of the isolation suite, for real processes."""

from tests.isolation.web_world import world, world_home, world_template

__all__ = ["world", "world_home", "world_template"]  # fixtures

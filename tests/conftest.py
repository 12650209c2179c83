"""Fixtures for every suite: the test kit's, under short names."""

from core.testing.fixtures import *  # noqa: F403  pytest collects fixtures by name

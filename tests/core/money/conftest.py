"""The same office as the plan's tests."""

from tests.core.planning.conftest import office
from tests.core.register.conftest import communes, register

__all__ = ["communes", "office", "register"]

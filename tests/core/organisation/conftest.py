"""The same tenant, door and shorthands as the register's tests."""

from tests.core.register.conftest import communes, register

__all__ = ["communes", "register"]

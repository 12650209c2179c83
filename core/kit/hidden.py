"""A text that must not be seen: held so that printing, copying or dumping it tells nothing."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")


class Hidden(Generic[T]):
    """A value that ``repr``, ``str``, ``vars`` and pickling do not give away; ``reveal`` does."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        """Keep the value."""
        self._value = value

    def reveal(self) -> T:
        """The value itself; never for a message or a log."""
        return self._value

    def __repr__(self) -> str:
        return "<hidden>"

    def __copy__(self) -> Hidden[T]:
        return self

    def __deepcopy__(self, _memo: object) -> Hidden[T]:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a hidden value is not pickled")

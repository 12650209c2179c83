"""In which line of a TOML file each value stands, so that a fault can be pointed at.

The parser of the standard library keeps no positions. This reads a text that the parser has
already accepted, so it need not be strict; it only has to find keys and elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_BLANKS = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"{3,5}(?!")', re.DOTALL),
    re.compile(r"'''.*?'{3,5}(?!')", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)


class Positions:
    """The line of each key and element; a path that is not there has its nearest parent's line."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        """Keep the lines by path."""
        self._lines = lines

    def line(self, path: Path) -> int:
        """The line, counted from 1."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def positions_of(text: str) -> Positions:
    """Find the lines in a text that is valid TOML."""
    return Positions(_Scanner(text).scan())


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANKS)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANKS)
        return self._lines

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"unexpected text in line {self._line()}")
        self._at = match.end()
        return match.group()

    def _take(self, mark: str) -> bool:
        found = self._text.startswith(mark, self._at)
        self._at += len(mark) if found else 0
        return found

    def _header(self) -> Path:
        line = self._line()
        is_array = self._take("[[")
        if not is_array:
            self._take("[")
        *parents, last = self._keys()
        self._take("]]" if is_array else "]")
        path = self._inside((), parents, line)
        path = (*path, last)
        if is_array:
            self._lines.setdefault(path, line)
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
        self._lines.setdefault(path, line)
        return path

    def _inside(self, path: Path, keys: list[str], line: int) -> Path:
        """Step down, into the latest element where a key is an array of tables."""
        for key in keys:
            path = (*path, key)
            self._lines.setdefault(path, line)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_BLANK)
            if self._text[self._at] in "\"'":
                keys.append(self._string()[1:-1])
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_BLANK)
            if not self._take("."):
                return keys

    def _pair(self, table: Path) -> None:
        line = self._line()
        *parents, last = self._keys()
        path: Path = (*self._inside(table, parents, line), last)
        self._lines.setdefault(path, line)
        self._take("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip(_BLANK)
        if self._take("["):
            self._array(path)
        elif self._take("{"):
            self._inline_table(path)
        elif self._text[self._at] in "\"'":
            self._string()
        else:
            self._skip(_SCALAR)

    def _array(self, path: Path) -> None:
        index = 0
        self._skip(_BLANKS)
        while not self._take("]"):
            self._lines[(*path, index)] = self._line()
            self._value((*path, index))
            index += 1
            self._skip(_BLANKS)
            self._take(",")
            self._skip(_BLANKS)

    def _inline_table(self, path: Path) -> None:
        self._skip(_BLANKS)
        while not self._take("}"):
            self._pair(path)
            self._skip(_BLANKS)
            self._take(",")
            self._skip(_BLANKS)

    def _string(self) -> str:
        for pattern in _STRINGS:
            match = pattern.match(self._text, self._at)
            if match is not None:
                self._at = match.end()
                return match.group()
        raise ValueError(f"unexpected text in line {self._line()}")

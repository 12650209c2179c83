"""What is wrong in a declaration: file, line, field, and what would be right."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path as FilePath

    from core.profiles.positions import Path, Positions

_LISTED = 12


class Fault(NamedTuple):
    """One thing that is wrong."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        """``file:line: field: message``, as editors understand it."""
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class DeclarationError(ConfigurationError):
    """A declaration is refused; all its faults are named at once."""

    code = "profiles.declaration"

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in the order of the files."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Findings:
    """Collects the faults of one file and remembers where each decoded object stands."""

    def __init__(self, file: FilePath, positions: Positions) -> None:
        """Nothing found yet."""
        self.faults: list[Fault] = []
        self._file = file
        self._positions = positions
        self._paths: dict[int, Path] = {}
        self._kept: list[object] = []

    def add(self, path: Path, message: str) -> None:
        """Note a fault at a path."""
        line = self._positions.line(path)
        self.faults.append(Fault(str(self._file), line, spell(path), message))

    def add_at(self, thing: object, field: str, message: str) -> None:
        """Note a fault in a field of a decoded object."""
        self.add((*self._paths[id(thing)], field), message)

    def place(self, thing: object, path: Path) -> None:
        """Remember where an object was read; keeps it alive, so that its identity stays its own."""
        self._kept.append(thing)
        self._paths[id(thing)] = path


def spell(path: Path) -> str:
    """A path as people write it: ``plan.targets[3].value``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "(file)"


def expected(given: object, allowed: Iterable[str]) -> str:
    """What would be right where a word is not among the allowed ones."""
    words = sorted(allowed)
    close = get_close_matches(str(given), words, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if len(words) > _LISTED:
        return f"one of {len(words)} values, such as {', '.join(map(repr, words[:4]))}"
    return f"expected one of: {', '.join(map(repr, words))}" if words else "none is known"


def unknown_word(what: str, given: object, allowed: Iterable[str]) -> str:
    """The sentence for a word that is not among the allowed ones."""
    return f"no {what} {given!r}; {expected(given, allowed)}"


def duplicates(values: Mapping[int, str]) -> list[int]:
    """The positions of values that an earlier position already has."""
    seen: set[str] = set()
    repeated = []
    for position, value in values.items():
        if value in seen:
            repeated.append(position)
        seen.add(value)
    return repeated

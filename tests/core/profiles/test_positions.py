"""The line of every key and element is found, however the file is written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from core.profiles.positions import positions_of

TENANTS = Path(__file__).parents[3] / "tenants"

TEXT = """\
# a comment with [brackets] and "quotes"
title = "one # not a comment"
"quoted key" = 1
dotted.key = 2

[table] # another
list = [
  {a = 1, b = "]"}, # [
  {a = 2, b = [1,
    2]},
]
text = \"\"\"
[not.a.table]
x = "1"
\"\"\"
literal = '''
y = '2'
'''

[[many]]
name = 'first'
[many.inner]
deep = true
[[many]]
name = "second \\" still"
[[many.more]]
when = 2018-01-31
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("dotted", "key"), 4),
        (("table",), 6),
        (("table", "list", 0, "b"), 8),
        (("table", "list", 1), 9),
        (("table", "list", 1, "b", 1), 10),
        (("table", "text"), 12),
        (("table", "literal"), 16),
        (("many", 0), 20),
        (("many", 0, "inner", "deep"), 23),
        (("many", 1, "name"), 25),
        (("many", 1, "more", 0, "when"), 27),
    ],
)
def test_the_line_of_a_key(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert positions_of(TEXT).line(path) == line


def test_what_is_missing_has_the_line_of_what_it_is_missing_from() -> None:
    assert positions_of(TEXT).line(("many", 1, "absent", 3)) == 24


@pytest.mark.parametrize("file", sorted(TENANTS.rglob("*.toml")), ids=lambda path: path.parent.name)
def test_every_value_of_our_files_has_a_line_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    positions = positions_of(text)

    def walk(value: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                assert key in lines[positions.line((*path, key)) - 1]
                walk(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*path, index))
        elif isinstance(value, str):
            assert value in lines[positions.line(path) - 1]

    walk(tomllib.loads(text), ())

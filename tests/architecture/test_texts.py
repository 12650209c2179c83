"""A text that lacks a language cannot be declared: the type itself refuses it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest

from core.kit.language import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Source(Protocol):
        """What the fixture gives."""

        def found_by(
            self, check: Callable[[ast.Module], list[int]], *, below: str = ""
        ) -> dict[str, list[int]]:
            """The lines that a check finds, by file."""
            ...


def texts_said_once(tree: ast.Module) -> list[int]:
    """Lines with a text whose two languages are the same words: one was never written."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Text"
        and _same_words([*node.args, *(word.value for word in node.keywords)])
    ]


def _same_words(given: list[ast.expr]) -> bool:
    said = [n.value for n in given if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return len(said) == len(LANGUAGES) and said[0] == said[1] and any(map(str.isalpha, said[0]))


@pytest.mark.parametrize("given", [{"vi": "Trẻ em"}, {"en": "Children"}, {}])
def test_a_text_needs_both_languages(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Text(**given)


@pytest.mark.parametrize("given", [{"vi": "", "en": "Children"}, {"vi": "Trẻ em", "en": " "}])
def test_neither_language_may_be_empty(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text(**given)


def test_every_text_is_written_in_both_languages(source: Source) -> None:
    assert source.found_by(texts_said_once) == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('Text("Children", "Children")', [1]),
        ('Text(vi="Trẻ em", en="Trẻ em")', [1]),
        ('Text(vi="Trẻ em", en="Children")', []),
        ('Text(vi="%", en="%")', []),
        ("Text(vi=name, en=name)", []),
    ],
)
def test_a_text_in_one_language_is_found(line: str, found: list[int]) -> None:
    assert texts_said_once(ast.parse(line)) == found

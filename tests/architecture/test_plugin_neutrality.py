"""Core names no plugin, and pluggy is met in two places alone."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol

    class Source(Protocol):
        """What the fixture gives."""

        def found_by(
            self, check: Callable[[ast.Module], list[int]], *, below: str = ""
        ) -> dict[str, list[int]]:
            """The lines that a check finds, by file."""
            ...


PLUGGY = {"core/plugin_api/hooks.py", "core/registry/loading.py"}


def plugins_named(tree: ast.Module, keys: frozenset[str]) -> list[int]:
    """Lines with a string or a name that holds a plugin's key; docstrings apart.

    A longer word that ends in one, such as a legal group's code, names no plugin.
    """
    named = re.compile("|".join(rf"(?<![a-z0-9_]){re.escape(key)}" for key in sorted(keys)))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        said = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            said = node.value
        elif isinstance(node, ast.Name):
            said = node.id
        elif isinstance(node, ast.Attribute):
            said = node.attr
        if named.search(said):
            found.append(node.lineno)  # type: ignore[attr-defined]  # the three kinds have lines
    return found


def imports_of_pluggy(tree: ast.Module) -> list[int]:
    """Lines that import pluggy, at run time or for types."""
    found = []
    for node in ast.walk(tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        if any(module.split(".")[0] == "pluggy" for module in modules):
            found.append(node.lineno)  # type: ignore[attr-defined]  # both kinds have lines
    return found


@pytest.fixture(scope="module")
def keys(root: Path) -> frozenset[str]:
    """The keys of our own plugins and of the partners': the names of their folders."""
    found = {folder.parent.name for folder in (root / "plugins").glob("*/__init__.py")}
    found |= {folder.parent.name for folder in (root / "partners").glob("*/pyproject.toml")}
    assert found
    return frozenset(found)


def test_core_names_no_plugin(source: Source, keys: frozenset[str]) -> None:
    assert source.found_by(lambda tree: plugins_named(tree, keys), below="core/") == {}


def test_pluggy_is_met_in_the_contract_and_the_registry_alone(source: Source) -> None:
    assert set(source.found_by(imports_of_pluggy)) == PLUGGY


@pytest.mark.parametrize(
    "line",
    [
        'if plugin == "child_labour": pass',
        'codes = {"child_labour.household": 1}',
        "hide(child_labour)",
        "hide(forms.child_labour)",
    ],
)
def test_a_plugin_that_is_named_is_found(line: str) -> None:
    assert plugins_named(ast.parse(line), frozenset({"child_labour"})) == [1]


def test_a_group_of_the_law_is_no_plugin() -> None:
    told = ast.parse('group = "hazardous_child_labour"')
    assert plugins_named(told, frozenset({"child_labour"})) == []


def test_a_docstring_may_give_an_example() -> None:
    told = ast.parse('def f():\n    """For instance ``child_labour``."""')
    assert plugins_named(told, frozenset({"child_labour"})) == []


@pytest.mark.parametrize("line", ["import pluggy", "from pluggy import HookimplMarker"])
def test_an_import_of_pluggy_is_found(line: str) -> None:
    assert imports_of_pluggy(ast.parse(line)) == [1]

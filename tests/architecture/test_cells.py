"""Cells of files are written in one package, where the formula guard stands."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.architecture.conftest import Source

HOME = "core/exports/"
# Writes a page of lines; their cells come from ``_cell`` as those that are written one by one.
WRITES_PAGES = "csv_file.py"
READS_CSV = {"core/areas/editions.py": "reads the editions of the areas, writes none"}
_LIBRARIES = {"csv", "xlsxwriter", "openpyxl", "xlwt", "pandas", "odf"}
_WRITES = {
    "write_string",
    "write_formula",
    "write_array_formula",
    "write_dynamic_array_formula",
    "write_url",
    "write_rich_string",
    "writerow",
    "writerows",
}


def unguarded(tree: ast.Module) -> list[int]:
    """Lines that import a library for tables or write a cell by hand."""
    return sorted(node.lineno for node in ast.walk(tree) if _imports(node) or _writes(node))


def _imports(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in _LIBRARIES for alias in node.names)
    return isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _LIBRARIES


def _writes(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _WRITES
    )


def test_cells_are_written_in_one_package(source: Source) -> None:
    found = source.found_by(unguarded)
    elsewhere = {name for name in found if not name.startswith(HOME)}
    assert elsewhere == set(READS_CSV), "write cells through core.exports"
    assert any(name.startswith(HOME) for name in found)


def test_text_reaches_a_cell_behind_the_guard_alone(root: Path) -> None:
    """The guard is asked in the one function that writes a text, and in the CSV's."""
    guarded = ("cells.py", "could_be_formula"), ("csv_file.py", "disarmed")
    for name, guard in guarded:
        tree = ast.parse((root / HOME / name).read_text(encoding="utf-8"))
        assert guard in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    by_hand = [
        file.name
        for file in (root / HOME).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"write", *_WRITES} - {"writerow", "writerows", "write_string"}
    ]
    assert by_hand == [WRITES_PAGES]


@pytest.mark.parametrize(
    "code", ["import xlsxwriter", "from csv import writer", "sheet.write_string(0, 0, text)"]
)
def test_a_cell_written_by_hand_is_found(code: str) -> None:
    assert unguarded(ast.parse(code)) == [1]

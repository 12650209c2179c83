"""A partner's distribution beside the product: apart from it, and proved with it."""

from __future__ import annotations

import ast
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from core.authoring.apart import check_apart
from core.authoring.checks.source import CHECKS
from core.authoring.subject import find_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Besides the standard library and itself: the contract, and what tables and migrations are made of.
MAY_IMPORT = {"core.plugin_api", "sqlalchemy", "alembic"}
TESTS_MAY_IMPORT = MAY_IMPORT | {"core.testing", "pytest"}


@pytest.fixture(scope="module")
def partners(root: Path) -> tuple[Path, ...]:
    """The folders of the distributions."""
    found = tuple(file.parent for file in sorted(root.glob("partners/*/pyproject.toml")))
    assert found
    return found


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports, ``core.x`` in two parts and others in one."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            parts = name.split(".")
            yield ".".join(parts[:2]) if parts[0] in {"core", "plugins"} else parts[0]


def test_a_partner_imports_the_contract_alone(partners: tuple[Path, ...]) -> None:
    for folder in partners:
        own = {file.stem for file in (*folder.glob("*"), *folder.glob("tests/*.py"))}
        for file in folder.rglob("*.py"):
            allowed = TESTS_MAY_IMPORT if "tests" in file.parts[-2:] else MAY_IMPORT
            foreign = set(imported(file)) - allowed - own - sys.stdlib_module_names
            assert foreign == set(), file


def test_the_product_imports_no_partner(root: Path, partners: tuple[Path, ...]) -> None:
    packages = {folder.name for folder in partners}
    for top in ("core", "plugins"):
        for file in (root / top).rglob("*.py"):
            assert packages.isdisjoint(imported(file)), file


def test_the_product_does_not_install_a_partner(root: Path, partners: tuple[Path, ...]) -> None:
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    ours = told["project"]["entry-points"]["annhi.plugins"]
    assert ours.keys().isdisjoint(folder.name for folder in partners)


def test_an_import_past_the_contract_is_found(partners: tuple[Path, ...], tmp_path: Path) -> None:
    """The same check, over a copy with a fault, so that it is seen to fail."""
    name = partners[0].name
    (tmp_path / name).mkdir()
    (tmp_path / name / "plugin.py").write_text("from core.register import service\n")
    (tmp_path / "pyproject.toml").write_text((partners[0] / "pyproject.toml").read_text())
    found = find_in(tmp_path)
    assert "source.imports" in {one.check for check in CHECKS for one in check(found)}
    assert "core.register" in set(imported(tmp_path / name / "plugin.py"))


@pytest.mark.slow
def test_the_check_for_authors_finds_nothing(partners: tuple[Path, ...]) -> None:
    for folder in partners:
        assert [one.line for one in check_apart(None, folder)] == []

"""Which package may import which: the contracts hold, and each would notice a breach."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the packages in a folder."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def contracts(root: Path) -> dict[str, dict[str, Any]]:
    """The contracts by id."""
    read = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one for one in read["tool"]["importlinter"]["contracts"]}


@pytest.fixture
def empty_copy(tmp_path: Path, root: Path, contracts: dict[str, dict[str, Any]]) -> Path:
    """Our packages without content, and our contracts over them."""
    layers = contracts["layers-of-core"]["layers"]
    packages = ["core", "plugins", "plugins/one", "plugins/two"]
    packages += [f"core/{name.strip()}" for layer in layers for name in layer.split("|")]
    for package in packages:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_contracts_hold(root: Path) -> None:
    done = lint(root)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("core/web", "import plugins.one", "Core never imports a plugin"),
        ("plugins/one", "import plugins.two", "Plugins never import each other"),
        ("plugins/one", "import core.tenancy", "A plugin imports core.plugin_api"),
        ("core/tenancy", "import core.registry", "Core's packages lie in layers"),
        ("core/web", "import core.testing", "Core's packages lie in layers"),
    ],
)
def test_a_breach_is_noticed(empty_copy: Path, file: str, line: str, broken: str) -> None:
    (empty_copy / file / "__init__.py").write_text(line + "\n", encoding="utf-8")
    done = lint(empty_copy)
    assert done.returncode == 1, done.stdout + done.stderr
    first = next(said for said in done.stdout.splitlines() if said.endswith("BROKEN"))
    assert first.startswith(broken)


def test_a_package_without_a_layer_is_noticed(empty_copy: Path) -> None:
    (empty_copy / "core/helpers").mkdir()
    (empty_copy / "core/helpers/__init__.py").touch()
    assert lint(empty_copy).returncode == 1


def test_every_package_of_core_but_the_contract_is_closed_to_plugins(
    root: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    packages = {file.parent.name for file in root.glob("core/*/__init__.py")}
    modules = {file.stem for file in root.glob("core/*.py")} - {"__init__"}
    closed = set(contracts["plugins-use-the-contract"]["forbidden_modules"])
    assert closed == {f"core.{name}" for name in (packages | modules) - {"plugin_api"}}


def test_no_contract_has_an_exception(contracts: dict[str, dict[str, Any]]) -> None:
    assert [key for key, contract in contracts.items() if contract.get("ignore_imports")] == []

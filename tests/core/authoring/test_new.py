"""``annhi plugin new`` writes a small, sound plugin, or says why it cannot."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.authoring.new import write_plugin
from core.kit.errors import ConfigurationError

ROOT = Path(__file__).parents[3]


def test_the_plugin_has_at_most_two_hundred_lines(generated: Path) -> None:
    files = [file for file in generated.rglob("*") if file.is_file()]
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    assert lines <= 200


def test_its_author_imports_the_contract_and_the_test_kit_alone(generated: Path) -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in generated.rglob("*.py"))
    modules = re.findall(r"^(?:from|import) (core[\w.]*)", text, re.MULTILINE)
    assert modules
    allowed = re.compile(r"core\.(plugin_api|testing)(\.\w+)*")
    assert all(allowed.fullmatch(module) for module in modules)


def test_the_plugin_is_clean_by_our_own_style(generated: Path) -> None:
    config = ROOT / "pyproject.toml"
    for command in (("check", "--ignore", "INP001,D103,S101,PLR2004"), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", config, "."],
            cwd=generated,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "key", ["Meals", "2meals", "ab", "meals-served", "class", "core", "json", "pg_meals", "pytest"]
)
def test_a_key_that_cannot_be_one_is_refused(key: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=f"{key}"):
        write_plugin(key, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "notes.txt"
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="not empty"):
        write_plugin("parent_talks", tmp_path)
    assert [*tmp_path.iterdir()] == [kept]

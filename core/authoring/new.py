"""Writes a working plugin to begin from: its own distribution, in at most 200 lines."""

from __future__ import annotations

import keyword
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATE = Path(__file__).parent / "template"
_KEY = re.compile(r"[a-z][a-z0-9_]{2,40}")
_RESERVED = frozenset({"core", "plugins", "public", "jobs", "tests", "information_schema"})
_PREFIX_LENGTH = 3

# template → where it lies in the new folder; @key@ is the plugin's key
FILES: Mapping[str, str] = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "init.py": "@key@/__init__.py",
    "plugin.py": "@key@/plugin.py",
    "models.py": "@key@/models.py",
    "forms.py": "@key@/forms.py",
    "indicators.py": "@key@/indicators.py",
    "reports.py": "@key@/reports.py",
    "permissions.py": "@key@/permissions.py",
    "demo.py": "@key@/demo.py",
    "migration.py": "@key@/migrations/0001_initial.py",
    "test.py": "tests/test_@key@.py",
}


def write_plugin(key: str, folder: Path) -> tuple[Path, ...]:
    """Write the plugin into a folder, which must not be there or be empty; the files written.

    Raises:
        ConfigurationError: the key cannot be one, or the folder holds something.
    """
    require_key(key)
    if folder.exists() and any(folder.iterdir()):
        raise ConfigurationError(f"The folder {folder} is not empty; choose another with --dir.")
    values = {"key": key, "dashed": key.replace("_", "-"), "prefix": prefix_of(key)}
    written = []
    for template, name in FILES.items():
        file = folder / _filled(name, values)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (_TEMPLATE / f"{template}.txt").read_text(encoding="utf-8")
        file.write_text(_filled(text, values), encoding="utf-8")
        written.append(file)
    return tuple(written)


def require_key(key: str) -> None:
    """Refuse what cannot be a plugin's key.

    Raises:
        ConfigurationError: says what a key looks like, or what already has this name.
    """
    if not _KEY.fullmatch(key):
        raise ConfigurationError(
            f"{key!r} cannot be a plugin's key: use 3 to 41 of a-z, 0-9 and _, beginning with "
            "a letter, for example parent_talks."
        )
    if key in _RESERVED or key.startswith("pg_") or keyword.iskeyword(key):
        raise ConfigurationError(f"{key!r} is a reserved word; choose another key.")
    if key in sys.stdlib_module_names or find_spec(key) is not None:
        raise ConfigurationError(f"A Python package {key!r} is there already; choose another key.")


def prefix_of(key: str) -> str:
    """What the codes of the new indicators begin with: the first letters of the key."""
    return key.replace("_", "")[:_PREFIX_LENGTH].upper()


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text

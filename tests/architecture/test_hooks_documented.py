"""Every hook has a section in ``docs/plugins/hooks.md`` with its exact signature."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import core
from core.plugin_api.hooks import Hooks

PAGE = Path(core.__path__[0]).parent / "docs" / "plugins" / "hooks.md"
SECTION = re.compile(r"^### `(\w+)`\n\n```python\ndef (\w+)(.+)\n```\n\n(?=[A-Z])", re.MULTILINE)


def hooks() -> dict[str, str]:
    return {
        name: str(inspect.signature(function)).replace("'", "")
        for name, function in vars(Hooks).items()
        if inspect.isfunction(function)
    }


def test_every_hook_is_documented_with_its_signature() -> None:
    found = SECTION.findall(PAGE.read_text(encoding="utf-8"))
    assert all(title == name for title, name, _ in found)
    assert {name: signature for _, name, signature in found} == hooks()


def test_hooks_stand_under_the_kind_that_their_name_tells() -> None:
    page = PAGE.read_text(encoding="utf-8")
    _, contributions, events, checks = re.split(r"^## .+$", page, flags=re.MULTILINE)
    for name in hooks():
        kind = {"on": events, "check": checks}.get(name.split("_")[0], contributions)
        assert f"### `{name}`" in kind

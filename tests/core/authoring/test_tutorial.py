"""The tutorial, followed from an empty folder as a newcomer would, and compared word for word."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.authoring.faults import KEY

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "plugins" / "tutorial.md").read_text(encoding="utf-8")
REPORT = Path(__file__).parent / "report_with_plugin.py"
NEXT = "=== next ==="


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path, *path: Path) -> str:
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    modules = os.pathsep.join(str(one) for one in (ROOT, *path))
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": tools, "PYTHONPATH": modules, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_excerpts_are_those_of_the_generated_plugin(generated: Path) -> None:
    written = "\n".join(file.read_text(encoding="utf-8") for file in generated.rglob("*.py"))
    assert len(blocks("python")) == 5
    assert [block for block in blocks("python") if block not in written] == []


@pytest.mark.slow
def test_the_commands_of_the_tutorial_lead_to_a_figure_in_the_report(tmp_path: Path) -> None:
    new, check, test = blocks("sh")
    run(new, tmp_path)
    assert "nothing to find fault with" in run(check, tmp_path)
    assert "1 passed" in run(test, tmp_path)
    printed = run(f"python {REPORT} {KEY}", tmp_path, tmp_path / KEY)
    first, second, _ = printed.split(NEXT)
    # three communes with forty people each
    assert "Có 120 lượt người dự nói chuyện." in first
    assert 'data-code="PAR-01"' in first
    assert "120 lượt" not in second

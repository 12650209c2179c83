"""The real thing: both distributions built and installed with pip, and the program run."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import venv
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from core.db.cluster import remove_cluster
from tests.partners.conftest import KEY, ROOT, TENANT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

DISTRIBUTION = "annhi-ngo-enhance"
ANNEX = "Dự án ENHANCE của ILO quản lý trường hợp tại"
DEMO = ("demo", "--once", "--children", "120", "--out", "out")


@dataclass(frozen=True)
class Installed:
    """An environment of its own with the program in it, and a home to run it in."""

    python: Path
    home: Path

    def pip(self, *arguments: str) -> None:
        """Install or remove, without an index."""
        done = self._run("-m", "pip", "--disable-pip-version-check", *arguments)
        assert done.returncode == 0, done.stderr

    def annhi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the installed program."""
        return self._run("-c", "from core.cli import main; main()", *arguments)

    def said(self, *arguments: str) -> Any:
        """What a command that succeeds prints as JSON."""
        done = self.annhi(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def report(self, tenant: str) -> str:
        """The report of 2018 as the demonstration wrote it."""
        file = self.home / "out" / f"{tenant}-2018.html"
        return unescape(file.read_text(encoding="utf-8"))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        foreign = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("ANNHI_", "DATABASE_URL", "PYTHONPATH"))
        }
        ours = {"ANNHI_HOME": str(self.home), "ANNHI_TENANTS": str(ROOT / "tenants")}
        return subprocess.run(
            [self.python, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=foreign | ours,
            cwd=self.home,
        )


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The product's wheel, then the partner's, then the demonstration from nothing."""
    folder, home = tmp_path_factory.mktemp("fresh"), tmp_path_factory.mktemp("home")
    venv.create(folder / "env", with_pip=False)
    (library,) = (folder / "env").glob("lib/python*/site-packages")
    seen = (sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    (library / "seen.pth").write_text("\n".join(dict.fromkeys(seen)), encoding="utf-8")
    made = Installed(folder / "env" / "bin" / "python", home)
    options = ("--no-deps", "--no-build-isolation", "--no-index")
    try:
        made.pip("install", *options, str(ROOT))
        assert KEY not in {one["key"] for one in made.said("plugin", "list")}
        made.pip("install", *options, str(ROOT / "partners" / KEY))
        made.said(*DEMO)
        yield made
    finally:
        remove_cluster(home)


def test_an_giang_has_the_annex_and_lao_cai_has_not(fresh: Installed) -> None:
    on_in = {one["key"]: one["on_in"] for one in fresh.said("plugin", "list", "--states")}
    assert (on_in[KEY], on_in["sexual_abuse"]) == ([TENANT], [TENANT, "lao_cai"])
    assert ANNEX in fresh.report(TENANT)
    assert "ENHANCE" not in fresh.report("lao_cai")


def test_without_child_labour_it_is_refused_with_the_reason(fresh: Installed) -> None:
    refused = fresh.annhi("programme", "off", "child_labour", "--tenant", TENANT)
    assert refused.returncode == 1
    assert "ENHANCE project (ILO) is on and needs it" in refused.stderr
    for key in (KEY, "child_labour"):
        assert fresh.annhi("programme", "off", key, "--tenant", TENANT).returncode == 0
    refused = fresh.annhi("programme", "on", KEY, "--tenant", TENANT)
    assert refused.returncode == 1
    assert "it needs Prevention and reduction of child labour, which is off" in refused.stderr
    assert KEY not in _on(fresh, TENANT)
    for key in ("child_labour", KEY):
        assert fresh.annhi("programme", "on", key, "--tenant", TENANT).returncode == 0
    assert KEY in _on(fresh, TENANT)


def test_without_the_wheel_everything_else_goes_on(fresh: Installed) -> None:
    """The last of the module: the partner's distribution is taken away again."""
    before = _figures(fresh)
    assert before["ENH-01"]["state"] == "number"
    fresh.pip("uninstall", "--yes", DISTRIBUTION)
    assert KEY not in {one["key"] for one in fresh.said("plugin", "list")}
    assert fresh.annhi("migrate").returncode == 0
    done = fresh.annhi("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    now = _figures(fresh)
    assert now == {code: told for code, told in before.items() if not code.startswith("ENH-")}, (
        "what the project gave is still in the province's figures"
    )
    built = ("report", "build", "--tenant", TENANT, "--period", "2018", "--format", "html")
    done = fresh.annhi(*built)
    assert done.returncode == 0, done.stderr
    assert ANNEX not in done.stdout


def _figures(fresh: Installed) -> dict[str, Any]:
    found: dict[str, Any] = fresh.said("figures", "show", "--tenant", TENANT, "--period", "2018")
    return found


def _on(fresh: Installed, slug: str) -> set[str]:
    told = fresh.said("programme", "list", "--tenant", slug)
    return {one["key"] for one in told if one["on"]}

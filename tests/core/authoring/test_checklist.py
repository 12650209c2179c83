"""The page of checks names every check there is, and each has been seen to find a fault."""

from __future__ import annotations

import re
from pathlib import Path

import core.authoring
from tests.core.authoring.faults import FAULTS

HERE = Path(core.authoring.__path__[0])
PAGE = HERE.parents[1] / "docs" / "plugins" / "checklist.md"
NO_IDS = {"urllib.parse", "wall.row-security"}
ANY_CALL = ("raises", "slow", "opens")
# tried in another way, or beyond what a change of one file brings about
WITHOUT_A_FAULT = {
    "declared.file": "tests/core/declared",
    "figures.example": "tests/core/declared",
    "figures.count": "core's own count went wrong",
    "isolation.leak": "test_trial",
    "load.hangs": "test_trial",
    "load.refused": "a net below the others",
    "migrations.missing": "test_trial",
    "switching.lost": "core's own switch went wrong",
    "switching.off": "core's own switch went wrong",
}


def in_code() -> set[str]:
    files = (*HERE.glob("checks/*.py"), HERE / "runner.py", HERE / "apart.py")
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    found = set(re.findall(r'"([a-z]+\.[a-z-]+)"', text)) - NO_IDS
    families = set(
        re.findall(r'"(hooks|load|report|routes|demo|events|switching|figures|export)",', text)
    )
    return found | {f"{family}.{how}" for family in families for how in ANY_CALL}


def test_the_page_names_every_check() -> None:
    told = set(re.findall(r"`([a-z]+\.[a-z-]+)`", PAGE.read_text(encoding="utf-8")))
    assert told - NO_IDS == in_code()


def test_every_check_has_been_seen_to_find_a_fault() -> None:
    found = {fault.check for fault in FAULTS}
    families = {check.split(".")[0] for check in found if check.split(".")[1] in ANY_CALL}
    calls = {f"{family}.{how}" for family in families | {"demo", "figures"} for how in ANY_CALL}
    assert in_code() - found - calls - WITHOUT_A_FAULT.keys() == set()
    assert WITHOUT_A_FAULT.keys() & found == set()

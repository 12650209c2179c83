"""What ``annhi plugin check`` finds: nothing at a sound plugin, each fault at a faulty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.authoring.apart import check_apart
from tests.core.authoring.faults import FAULTS, KEY, Fault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OURS = ("child_labour", "drowning_prevention", "orphan_care", "sexual_abuse")


def test_nothing_is_found_at_the_generated_plugin(generated: Path) -> None:
    assert check_apart(None, generated) == ()


@pytest.mark.parametrize("key", OURS)
def test_nothing_is_found_at_a_national_programme(key: str) -> None:
    assert check_apart(key) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found(generated: Path, fault: Fault) -> None:
    file = generated / KEY / fault.file
    text = file.read_text(encoding="utf-8")
    assert fault.old in text
    file.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    found = check_apart(None, generated)
    named = [one for one in found if one.check == fault.check]
    assert named, [one.line for one in found]
    assert all(one.where and one.wrong and one.cure for one in found)

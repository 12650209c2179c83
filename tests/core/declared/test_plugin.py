"""A declared plugin is found and refused by the same door as a distribution."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from core.kit.errors import ConfigurationError
from core.platform import load_registry
from core.profiles.faults import DeclarationError
from core.registry.errors import PluginError
from core.settings import Settings
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

OURS = frozenset({"child_labour", "drowning_prevention", "orphan_care", "sexual_abuse"})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with the sample in its folder."""
    folder = tmp_path / "declared"
    folder.mkdir()
    shutil.copy(SAMPLE, folder)
    return Settings(home=tmp_path, secret="of the tests")


def test_it_is_listed_among_the_others_with_version_and_owner(settings: Settings) -> None:
    cards = {info.key: info for info in load_registry(settings).plugins}
    assert cards.keys() >= {*OURS, "school_milk"}
    card = cards["school_milk"]
    assert (card.version, card.owner) == ("1.0.0", "An Nhi (chương trình mẫu)")


def test_the_folder_may_be_named_by_the_environment(tmp_path: Path) -> None:
    read = Settings.from_environment(
        {"ANNHI_HOME": str(tmp_path), "ANNHI_DECLARED": str(SAMPLE.parent)}
    )
    assert read.declared_plugins == SAMPLE.parent


def test_one_that_the_operator_does_not_list_is_not_even_opened(settings: Settings) -> None:
    file = settings.declared_plugins / SAMPLE.name
    file.write_text("no TOML at all", encoding="utf-8")
    bounded = Settings(home=settings.home, secret="of the tests", trusted_plugins=OURS)
    assert {info.key for info in load_registry(bounded).plugins} == OURS
    with pytest.raises(DeclarationError, match=r"school_milk.toml:1: \(file\): not TOML"):
        load_registry(settings)


def test_a_file_that_changes_under_a_running_process_is_refused(settings: Settings) -> None:
    load_registry(settings)
    file = settings.declared_plugins / SAMPLE.name
    file.write_bytes(file.read_bytes() + b"\n# changed\n")
    with pytest.raises(PluginError, match="start it again"):
        load_registry(settings)


def test_a_key_that_a_distribution_has_is_refused(settings: Settings) -> None:
    file = settings.declared_plugins / SAMPLE.name
    text = file.read_text(encoding="utf-8").replace('key = "school_milk"', 'key = "orphan_care"')
    file.with_name("orphan_care.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="orphan_care: is installed twice"):
        load_registry(settings)

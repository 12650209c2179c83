"""Loading areas: as the migration login, repeatable, ids that stay."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from core.areas.editions import DATA
from core.areas.load import load_areas
from core.areas.models import Area, AreaSuccession
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from core.testing.database import TestDatabase

pytestmark = pytest.mark.slow


def test_every_unit_and_succession_is_loaded(database: TestDatabase) -> None:
    with database.runtime.connect() as connection:
        levels = connection.execute(select(Area.level, func.count()).group_by(Area.level))
        assert dict(levels.all()) == {
            "province": 63 + 34,
            "district": 696,
            "commune": 10_035 + 3_321,
        }
        assert connection.scalar(select(func.count()).select_from(AreaSuccession)) == 10_602


def test_a_first_load_adds_everything_and_a_second_changes_nothing(database: TestDatabase) -> None:
    with database.owner.connect() as connection:
        connection.execute(text("DELETE FROM core.area_succession"))
        connection.execute(text("DELETE FROM core.area"))
        first = load_areas(connection)
        second = load_areas(connection)
        connection.rollback()
    assert (first.areas_added, first.successions_added) == (14_149, 10_602)
    assert second.changed_nothing
    assert second.areas_unchanged == 14_149


def test_a_correction_keeps_the_id_and_a_newer_edition_adds(
    database: TestDatabase, tmp_path: Path
) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    units = tmp_path / "units_from_2025_07_01.csv"
    listed = units.read_text(encoding="utf-8")
    units.write_text(listed.replace("Phường Ba Đình,Phường", "Phường Ba Đinh,Phường"), "utf-8")
    editions = tmp_path / "editions.toml"
    editions.write_text(
        editions.read_text("utf-8").replace(
            "from = 2025-07-01", "from = 2025-07-01\nto = 2026-06-30"
        )
        + '\n[[edition]]\nfrom = 2026-07-01\nunits = "units_newer.csv"\n',
        "utf-8",
    )
    (tmp_path / "units_newer.csv").write_text(
        "".join(listed.splitlines(keepends=True)[:3]), "utf-8"
    )
    find = select(Area.id, Area.name, Area.valid_to).where(
        Area.code == "00004", Area.valid_from == date(2025, 7, 1)
    )
    with database.owner.connect() as connection:
        before = connection.execute(find).one()
        report = load_areas(connection, tmp_path)
        after = connection.execute(find).one()
        connection.rollback()
    assert (after.id, after.name, after.valid_to) == (
        before.id,
        "Phường Ba Đinh",
        date(2026, 6, 30),
    )
    assert (report.areas_added, report.areas_changed) == (3, 3_355)


def test_one_code_for_two_units_at_a_time_is_refused(
    database: TestDatabase, tmp_path: Path
) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    editions = tmp_path / "editions.toml"
    editions.write_text(editions.read_text("utf-8").replace("to = 2025-06-30", "to = 2025-07-01"))
    with (
        database.owner.connect() as connection,
        pytest.raises(ConfigurationError, match="hold the code at the same time"),
    ):
        load_areas(connection, tmp_path)


def test_the_running_program_cannot_write_areas(database: TestDatabase) -> None:
    with (
        database.runtime.connect() as connection,
        pytest.raises(ProgrammingError, match="permission denied"),
    ):
        connection.execute(text("DELETE FROM core.area"))

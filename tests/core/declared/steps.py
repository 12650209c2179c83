"""One step in the life of a declared plugin, in a process of its own; prints what came of it.

Arguments: the database, the folder of the files, and ``enter`` (the examples), ``look`` (at every
record, and again after one more was entered) or ``migrate``. A process maps the tables of one
version, so an upgrade takes two.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.contribution import core_contribution
from core.declared.plugin import declared_points
from core.forms.correcting import entered_with
from core.forms.service import get_record, list_records
from core.kit.errors import PlatformError
from core.migrations.runner import drift, migrate
from core.plugin_api import Submission
from core.registry.service import Registry
from core.tenancy.catalogue_lint import lint
from core.tenancy.reach import Reach
from core.testing.database import TEST_PREFIX, addresses_of, open_database
from core.testing.plugins import DAY, PluginWorld, open_world

if TYPE_CHECKING:
    from core.testing.database import TestDatabase

KEY = "school_milk"
FORM = f"{KEY}.milk_round"


def records(world: PluginWorld) -> list[dict[str, Any]]:
    """Every record: the version of its form, and its answers."""
    form = world.registry.catalogue.forms[FORM]
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        return [
            {
                "version": (version := entered_with(session, form, line.id)),
                "asked": [field.name for field in form.at(version).fields],
                "answers": {
                    field.name: str(getattr(get_record(session, form, line.id), field.name))
                    for field in form.fields
                },
            }
            for line in list_records(session, form)
        ]


def main(name: str, folder: Path, step: str) -> dict[str, Any]:
    """Migrate, then do what was asked; or say why it was refused."""
    database = open_database(addresses_of(name))
    try:
        return done(database, folder, step)
    except PlatformError as error:
        return {"error": error.message.en}
    finally:
        database.dispose()


def done(database: TestDatabase, folder: Path, step: str) -> dict[str, Any]:
    """What came of a step."""
    registry = Registry.discover(core_contribution(), points=declared_points(folder))
    migrate(database.owner, registry.chains, login_prefix=TEST_PREFIX)
    with database.owner.connect() as connection:
        differences = [drift(connection, chain) for chain in registry.chains]
        holes = [str(hole) for hole in lint(connection, prefix=TEST_PREFIX)]
    told: dict[str, Any] = {"drift": differences, "holes": holes}
    if step == "migrate":
        return told
    world = open_world(registry, database)
    world.switch_on(KEY, 1)
    examples = list(registry.enabled({KEY}).demo_records(world.demo()))
    if step == "enter":
        world.enter(1, examples)
    else:
        told["before"] = records(world)
        asked = dict(examples[0].answers)
        told["refused"] = sorted(
            world.refused(1, Submission(FORM, {**asked, "teachers": None}, DAY))
        )
        world.enter(1, [Submission(FORM, {**asked, "teachers": 7}, DAY)])
    told["after"] = records(world)
    world.count(1)
    told["figure"] = world.figure(1, "MLK-01").count
    return told


sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))

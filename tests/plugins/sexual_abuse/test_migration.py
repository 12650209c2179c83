"""0002: what stands in plain text cannot be sealed by a migration, and is never lost by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import Connection, text

from core.kit.errors import ConfigurationError
from core.migrations.runner import _config, migrate
from core.testing.database import TEST_PREFIX, database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

CASE = text(
    """
    INSERT INTO sexual_abuse.sa_case (
        tenant_id, id, commune_id, opaque_code, received_at, channel, sex, estimated_age,
        child_safe_now, abuse_form, setting, relation_to_child, hotline_ref, generated
    )
    SELECT 1, gen_random_uuid(), max(id), 'ABCDEFGHJKLM', now(), 'school', 'unknown', 9, true,
        'unclassified', 'unclassified', 'unknown', '111-0001', :generated
    FROM core.area
    """
)


@pytest.fixture
def old(core_template: str, registry: Registry) -> Iterator[TestDatabase]:
    """A database in which the programme stands at its first revision."""
    with database_copy(core_template) as database:
        with database.owner.connect() as owner:
            owner.execute(text("CREATE SCHEMA sexual_abuse"))
            command.upgrade(config(owner, registry), "sexual_abuse_0001")
            owner.commit()
        yield database


def config(owner: Connection, registry: Registry) -> Config:
    chain = next(chain for chain in registry.chains if chain.key == "sexual_abuse")
    return _config(owner, chain, TEST_PREFIX)


def upgrade(database: TestDatabase, registry: Registry) -> None:
    chains = [chain for chain in registry.chains if chain.key == "sexual_abuse"]
    migrate(database.owner, chains, login_prefix=TEST_PREFIX)


def test_a_reference_that_was_entered_for_real_stops_the_migration(
    old: TestDatabase, registry: Registry
) -> None:
    with old.admin.begin() as admin:
        admin.execute(CASE, {"generated": False})
    with pytest.raises(ConfigurationError, match="hotline_ref_stands_in_plain_text"):
        upgrade(old, registry)
    with old.admin.connect() as admin:
        kept = admin.execute(text("SELECT hotline_ref FROM sexual_abuse.sa_case")).scalar_one()
    assert kept == "111-0001"


def test_the_demonstrations_references_are_dropped_up_down_and_up(
    old: TestDatabase, registry: Registry
) -> None:
    with old.admin.begin() as admin:
        admin.execute(CASE, {"generated": True})
    upgrade(old, registry)
    with old.owner.connect() as owner:
        command.downgrade(config(owner, registry), "sexual_abuse_0001")
        owner.commit()
    upgrade(old, registry)
    with old.admin.connect() as admin:
        row = admin.execute(text("SELECT hotline_ref, sex FROM sexual_abuse.sa_case")).one()
    assert tuple(row) == (None, "unknown")

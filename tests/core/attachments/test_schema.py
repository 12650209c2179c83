"""The tables of attachments and exports are those of their migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.attachments import models as attachments
from core.exports import models as exports
from core.migrations.runner import CORE_CHAIN, drift

if TYPE_CHECKING:
    from core.testing.database import TestDatabase


def test_tables_and_migration_agree(database: TestDatabase) -> None:
    ours = (attachments.Attachment, attachments.AttachmentContent, exports.ExportMade)
    names = {model.__tablename__ for model in ours}
    with database.owner.connect() as connection:
        found = [line for line in drift(connection, CORE_CHAIN) if any(n in line for n in names)]
    assert found == []

"""Which version of each declared plugin the tables of this installation were made from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal


class DeclaredVersion(Base):
    """One version of one file, as it was applied; written by the migration login alone.

    It belongs to no tenant, as the tables of a plugin are there for all of them.
    """

    __tablename__ = "declared_version"
    __table_args__ = ({"schema": CORE_SCHEMA},)

    key: Mapped[str] = mapped_column(primary_key=True, info=internal("which plugin"))
    version: Mapped[str] = mapped_column(primary_key=True, info=internal("which version of it"))
    sha256: Mapped[str] = mapped_column(info=internal("tells whether the file is still the same"))
    shape: Mapped[dict[str, Any]] = mapped_column(
        JSONB, info=internal("what its tables hold, to compare the next version with")
    )
    applied_at: Mapped[datetime] = mapped_column(
        server_default=func.clock_timestamp(), info=internal("which version came last")
    )

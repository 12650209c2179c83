"""One list of children on its way in: the file, its rows by the chunk, and what was found.

The file and the rows are sealed, whatever stands in them, and gone when they are done with; what
was found wrong with rows stays for ``DAYS_KEPT`` days, for whoever sent the list alone.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted, sensitive
from core.imports.household_columns import HOME_NUMBER
from core.tenancy.models import TENANT_COLUMN, TenantOwned, tenant_reference
from core.vault.columns import sealed

DAYS_KEPT = 14
WAITING, WORKING, DONE, REFUSED = "waiting", "working", "done", "refused"
STATES = (WAITING, WORKING, DONE, REFUSED)
_OF_IMPORT = ("import_id", f"{CORE_SCHEMA}.child_import")


class ChildImport(TenantOwned, Base):
    """One list that somebody sent; ``updates`` where it corrects children by their codes.

    One whose job was given up stands still: waiting or working, with the reason as ``refusal``.
    """

    __tablename__ = "child_import"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'refused')",
            name="state",
        ),
        CheckConstraint("(finished_at IS NOT NULL) = (state IN ('done', 'refused'))", name="end"),
        Index(None, TENANT_COLUMN, "asked_by", "asked_at"),
        {"schema": CORE_SCHEMA},
    )

    asked_by: Mapped[UUID | None] = mapped_column(info=internal("who sent it, and reads of it"))
    asked_at: Mapped[datetime] = mapped_column(info=internal("when it was sent"))
    updates: Mapped[bool] = mapped_column(info=internal("whether it corrects known children"))
    dry_run: Mapped[bool] = mapped_column(info=internal("whether it only tells and stores nothing"))
    state: Mapped[str] = mapped_column(default=WAITING, info=internal("how far it has come"))
    sha256: Mapped[str] = mapped_column(
        info=sensitive("tells the same file, so that it is not taken in twice at once")
    )
    columns: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), default=list, info=internal("which field each column holds")
    )
    chunk_count: Mapped[int] = mapped_column(default=0, info=internal("how many chunks it has"))
    chunks_done: Mapped[int] = mapped_column(default=0, info=internal("how many are done"))
    finished_at: Mapped[datetime | None] = mapped_column(info=internal("when it came to its end"))
    refusal: Mapped[str | None] = sealed(
        restricted("why the whole file was refused, or stands still; may quote a heading")
    )

    @property
    def is_halted(self) -> bool:
        """Whether nothing goes on by itself although it has not come to its end."""
        return self.refusal is not None and self.state in {WAITING, WORKING}

    @property
    def brings_households(self) -> bool:
        """Whether its rows may tell of households that are not in the register."""
        return HOME_NUMBER in self.columns


class ChildImportFile(TenantOwned, Base):
    """The bytes of a list, until its rows are apart."""

    __tablename__ = "child_import_file"
    __table_args__ = (
        tenant_reference(*_OF_IMPORT),
        UniqueConstraint(TENANT_COLUMN, "import_id"),
        {"schema": CORE_SCHEMA},
    )

    import_id: Mapped[UUID] = mapped_column(info=internal("of which list"))
    content: Mapped[bytes] = sealed(
        restricted("the list itself, for the work that takes it in"), bytes, nullable=False
    )


class ChildImportChunk(TenantOwned, Base):
    """Some rows of a list: taken in together with ``done``, or not at all.

    ``rows`` is empty once they are in. ``findings`` holds those that are not, with the reasons.
    """

    __tablename__ = "child_import_chunk"
    __table_args__ = (
        tenant_reference(*_OF_IMPORT),
        UniqueConstraint(TENANT_COLUMN, "import_id", "number"),
        {"schema": CORE_SCHEMA},
    )

    import_id: Mapped[UUID] = mapped_column(info=internal("of which list"))
    number: Mapped[int] = mapped_column(info=internal("its place in the list, from 0"))
    row_count: Mapped[int] = mapped_column(info=internal("how many rows it has"))
    done: Mapped[bool] = mapped_column(default=False, info=internal("whether they are in"))
    stored: Mapped[int] = mapped_column(default=0, info=internal("how many were stored"))
    changed: Mapped[int] = mapped_column(default=0, info=internal("how many were corrected"))
    same: Mapped[int] = mapped_column(default=0, info=internal("how many told nothing new"))
    doubled: Mapped[int] = mapped_column(default=0, info=internal("how many may be there twice"))
    refused: Mapped[int] = mapped_column(default=0, info=internal("how many were wrong"))
    households: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger()),
        default=list,
        server_default="{}",
        info=internal("the first rows of households that were stored, to count each once"),
    )
    rows: Mapped[bytes | None] = sealed(
        restricted("what is still to be taken in"), bytes, nullable=True
    )
    findings: Mapped[bytes | None] = sealed(
        restricted("what was not taken in, and why, for whoever sent it"), bytes, nullable=True
    )

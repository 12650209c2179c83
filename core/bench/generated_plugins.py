"""Plugins that are installed for a measurement: each a distribution in a folder, all alike.

Each has what a small programme has: a table with its migration, a form, a measure, an indicator, a
section and rights. Only their keys and codes differ.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from core.registry.loading import GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLUGIN: Final = '''"""A generated plugin."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, false
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped, Base, Count, DataClass, Field, Form, Indicator, Measure, Paragraph, Part,
    PluginInfo, ReportSection, RoleRights, TenantOwned, Text, hookimpl, internal,
)

PLUGIN = PluginInfo(
    key="@key@",
    version="0.1.0",
    name=Text("Chương trình đo tốc độ", "Programme of the bench"),
    purpose=Text("Chỉ để đo tốc độ.", "For the bench alone."),
    legal_basis=("-",),
    owner="-",
    contact="-",
    api=">=1.0,<2",
    highest_class=DataClass.INTERNAL,
)


class Talk(AreaScoped, TenantOwned, Base):
    """A talk."""

    __tablename__ = "talk"
    __table_args__ = ({"schema": "@key@"},)

    held_on: Mapped[date] = mapped_column(info=internal("places it in a period"))
    people: Mapped[int] = mapped_column(info=internal("how many came"))
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, server_default=false(), info=internal("made for the demonstration")
    )


FORM = Form(
    code="@key@.talk",
    number="F-1",
    title=Text("Nói chuyện", "Talk"),
    purpose=Text("Ghi một cuộc.", "Records one."),
    model=Talk,
    parts=(
        Part(
            Text("Cuộc", "Talk"),
            (
                Field(name="commune_id", label=Text("Xã", "Place"), kind="commune", required=True),
                Field(name="held_on", label=Text("Ngày", "Day"), kind="date", required=True),
                Field(name="people", label=Text("Số", "People"), kind="integer", required=True),
            ),
        ),
    ),
    columns=("held_on", "commune_id", "people"),
    enters="@key@.talk.enter",
    sees="@key@.talk.read",
)


@hookimpl
def forms():
    return (FORM,)


@hookimpl
def measures():
    return (
        Measure(
            code="@key@.people",
            name=Text("Số người", "People"),
            model=Talk,
            kind="flow",
            date="held_on",
            sums="people",
        ),
    )


@hookimpl
def indicators():
    return (
        Indicator(
            code="@code@-01",
            name=Text("Số người", "People"),
            definition=Text("Số người dự.", "Who came."),
            unit=Text("người", "people"),
            direction="up",
            frequency=("Y",),
            formula=Count("@key@.people"),
        ),
    )


@hookimpl
def report_sections():
    def write(context):
        figure = context.indicator("@code@-01")
        return (Paragraph(Text("Số người dự.", "Who came."), (figure,)),)

    return (ReportSection(code="@key@.section", title=Text("Nói chuyện", "Talks"), write=write),)


@hookimpl
def roles():
    rights = frozenset({"@key@.talk.enter", "@key@.talk.read"})
    return (RoleRights("commune_worker", rights), RoleRights("province_officer", rights))
'''
_MIGRATION: Final = '''"""The table of a generated plugin."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "@key@_0001", None


def upgrade():
    op.open_schema("@key@")
    op.create_record_table(
        "talk",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.BigInteger(), nullable=False),
        schema="@key@",
    )


def downgrade():
    op.drop_table("talk", schema="@key@")
'''


def keys_of(count: int) -> tuple[str, ...]:
    """The keys of so many of them; more of them hold those of fewer."""
    return tuple(f"bench_{number:03}" for number in range(count))


@contextmanager
def installed(count: int) -> Iterator[tuple[str, ...]]:
    """So many distributions on the path of this process and of those that it starts; their keys."""
    with TemporaryDirectory(prefix="annhi-plugins-") as name:
        for key in keys_of(count):
            _write(Path(name), key)
        sys.path.insert(0, name)
        try:
            yield keys_of(count)
        finally:
            sys.path.remove(name)


def _write(folder: Path, key: str) -> None:
    package, told = folder / key, folder / f"{key}-0.1.0.dist-info"
    files = {
        package / "__init__.py": '"""A generated plugin."""\n',
        package / "plugin.py": _PLUGIN,
        package / "migrations" / "0001_initial.py": _MIGRATION,
        told / "METADATA": "Metadata-Version: 2.1\nName: @key@\nVersion: 0.1.0\n",
        told / "entry_points.txt": f"[{GROUP}]\n@key@ = @key@.plugin\n",
    }
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        code = f"B{key.rpartition('_')[2]}"
        file.write_text(text.replace("@key@", key).replace("@code@", code), encoding="utf-8")

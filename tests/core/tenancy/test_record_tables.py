"""The operation that makes a table of records: its columns, names, wall and refusals."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import IntegrityError

from core.db.base import NAMING_CONVENTION
from core.db.engine import TENANT_STATEMENT
from core.tenancy.catalogue_lint import lint
from core.tenancy.models import tenant_reference
from core.tenancy.record_tables import SEALED_RULE, CreateRecordTable
from core.vault.columns import sealed_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

PAGE = Path(__file__).parents[3] / "docs" / "plugins" / "migrations.md"
SCHEMA = "sample_records"
CARRIED = ["commune_id", "created_by", "created_at", "generated"]
CIPHERTEXT = b"\x01" + bytes(32)
LETTER = (
    "INSERT INTO sample_records.letter (tenant_id, id, created_by, seal) "
    "VALUES (1, gen_random_uuid(), gen_random_uuid(), %s)"
)


@contextmanager
def migration(database: TestDatabase) -> Iterator[Any]:
    """The operations of a migration, as the migration login runs it."""
    with database.owner.begin() as connection:
        opts = {"login_prefix": database.addresses.prefix}
        yield Operations(MigrationContext.configure(connection, opts=opts))


@pytest.fixture(scope="module")
def made(database: TestDatabase) -> TestDatabase:
    """A table with everything, and one that has no more than it must."""
    with migration(database) as op:
        op.execute(f"CREATE SCHEMA {SCHEMA}")
        op.open_schema(SCHEMA)
        op.create_record_table(
            "visit",
            sa.Column("visited_on", sa.Date(), nullable=False),
            sa.Column("child_id", sa.Uuid()),
            sa.Column("note", sa.LargeBinary()),
            sa.Column("code", sa.Text()),
            schema=SCHEMA,
            rules={"code": "code <> ''"},
            sealed=("note",),
            references={"child_id": "core.child"},
            unique=(("code", "visited_on"),),
            indexes=(("visited_on",), ("child_id", "code")),
        )
        op.create_record_table(
            "letter",
            sa.Column("created_by", sa.Uuid(), nullable=False),
            sa.Column("seal", sa.LargeBinary()),
            schema=SCHEMA,
            sealed=("seal",),
            without=("commune_id", "created_at", "generated"),
        )
    return database


def test_a_table_carries_what_every_record_has_after_its_own_columns(made: TestDatabase) -> None:
    columns = sa.inspect(made.owner).get_columns("visit", SCHEMA)
    own = ["visited_on", "child_id", "note", "code"]
    assert [column["name"] for column in columns] == ["tenant_id", "id", *own, *CARRIED]
    needed = {column["name"] for column in columns if not column["nullable"]}
    assert needed == {"tenant_id", "id", "visited_on", "commune_id", "created_at", "generated"}
    defaults = {c["name"]: c["default"] for c in columns if c["default"] is not None}
    assert defaults == {"created_at": "now()", "generated": "false"}


def test_a_column_can_be_left_out_and_one_that_is_given_stands_as_it_is(
    made: TestDatabase,
) -> None:
    columns = sa.inspect(made.owner).get_columns("letter", SCHEMA)
    assert [(c["name"], c["nullable"]) for c in columns] == [
        ("tenant_id", False),
        ("id", False),
        ("created_by", False),
        ("seal", True),
    ]
    keys = sa.inspect(made.owner).get_foreign_keys("letter", SCHEMA)
    assert [key["name"] for key in keys] == ["fk_letter_tenant_id"]


def test_the_names_are_those_that_a_model_gets(made: TestDatabase) -> None:
    there = sa.inspect(made.owner)
    model = sa.Table(
        "visit",
        sa.MetaData(naming_convention=dict(NAMING_CONVENTION)),
        sa.Column("tenant_id", sa.ForeignKey("core.tenant.id"), primary_key=True),
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("commune_id", sa.ForeignKey("core.area.id")),
        *(sa.Column(name, sa.Text()) for name in ("visited_on", "child_id", "note", "code")),
        tenant_reference("child_id", "core.child"),
        sa.CheckConstraint("code <> ''", name="code"),
        sa.CheckConstraint(sealed_rule("note"), name="note_sealed"),
        sa.UniqueConstraint("tenant_id", "code", "visited_on"),
        sa.Index(None, "tenant_id", "visited_on"),
        sa.Index(None, "tenant_id", "child_id", "code"),
    )
    found = [
        there.get_pk_constraint("visit", SCHEMA),
        *there.get_check_constraints("visit", SCHEMA),
        *there.get_foreign_keys("visit", SCHEMA),
        *there.get_unique_constraints("visit", SCHEMA),
    ]
    assert {one["name"] for one in found} == {str(one.name) for one in model.constraints}
    indexes = there.get_indexes("visit", SCHEMA)
    led = {i["name"] for i in indexes if "duplicates_constraint" not in i}
    assert led == {str(index.name) for index in model.indexes}
    assert all(index["column_names"][0] == "tenant_id" for index in indexes)


def test_a_reference_and_the_key_carry_the_tenant(made: TestDatabase) -> None:
    there = sa.inspect(made.owner)
    assert there.get_pk_constraint("visit", SCHEMA)["constrained_columns"] == ["tenant_id", "id"]
    keys = {
        tuple(key["constrained_columns"]): (key["referred_table"], key["referred_columns"])
        for key in there.get_foreign_keys("visit", SCHEMA)
    }
    assert keys == {
        ("tenant_id",): ("tenant", ["id"]),
        ("commune_id",): ("area", ["id"]),
        ("tenant_id", "child_id"): ("child", ["tenant_id", "id"]),
    }


def test_the_wall_stands_around_it(made: TestDatabase) -> None:
    with made.owner.connect() as connection:
        holes = lint(connection, prefix=made.addresses.prefix)
        forced = connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relnamespace = 'sample_records'::regnamespace ORDER BY 1"
        )
        assert forced.scalars().all() == ["letter", "visit"]
    assert [hole for hole in holes if SCHEMA in hole.object] == []


def test_a_sealed_column_takes_ciphertext_and_refuses_plain_bytes(made: TestDatabase) -> None:
    with made.runtime.connect() as connection:
        connection.exec_driver_sql(
            "SET LOCAL app.tenant = '1'", execution_options={TENANT_STATEMENT: True}
        )
        connection.exec_driver_sql(LETTER, (CIPHERTEXT,))
        with pytest.raises(IntegrityError, match="ck_letter_seal_sealed"):
            connection.exec_driver_sql(LETTER, (b"Ms An, 12 Tran Phu Street, Long Xuyen",))


def test_the_sealed_rule_is_still_the_one_of_the_vault() -> None:
    assert SEALED_RULE.format("note") == sealed_rule("note")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sealed": ("nota",)}, "slip has no column 'nota'"),
        ({"references": {"child": "core.child"}}, "slip has no column 'child'"),
        ({"unique": ("day",)}, "slip has no column 'd'"),
        ({"indexes": (("dag",),)}, "slip has no column 'dag'"),
        ({"without": ("tenant_id",)}, "slip cannot be without 'tenant_id'"),
        ({"without": ("comune_id",)}, "slip cannot be without 'comune_id'"),
    ],
)
def test_a_slip_is_told_by_name_and_makes_nothing(
    made: TestDatabase, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said), migration(made) as op:
        op.create_record_table("slip", sa.Column("day", sa.Date()), schema=SCHEMA, **wrong)
    assert not sa.inspect(made.owner).has_table("slip", SCHEMA)


def test_one_column_serves_several_tables_and_dropping_them_leaves_nothing(
    made: TestDatabase,
) -> None:
    shared = sa.Column("commune_id", sa.BigInteger(), nullable=False)
    with migration(made) as op:
        for table in ("first", "second"):
            day = sa.Column("day", sa.Date())
            op.create_record_table(table, shared, day, schema=SCHEMA, indexes=(("day",),))
    for table in ("first", "second"):
        columns = sa.inspect(made.owner).get_columns(table, SCHEMA)
        assert [c["name"] for c in columns][:4] == ["tenant_id", "id", "commune_id", "day"]
    with migration(made) as op:
        for table in ("first", "second"):
            op.drop_table(table, schema=SCHEMA)
    with made.owner.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = 'sample_records'::regnamespace "
            "AND (relname LIKE '%%first%%' OR relname LIKE '%%second%%')"
        )
        assert left.scalars().all() == []


def test_the_page_for_authors_tells_of_every_argument() -> None:
    taken = inspect.signature(CreateRecordTable.create_record_table).parameters.values()
    arguments = [one.name for one in taken if one.kind is one.KEYWORD_ONLY and one.name != "schema"]
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in arguments if f"| `{name}` |" not in page] == []

"""Every column says how carefully it must be kept, and what for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import BigInteger, Column, Enum, MetaData, Numeric, Table

from core.db.base import Base, DataClass, restricted
from core.tenancy.models import TENANT_COLUMN
from core.vault.columns import SealedColumn, SealedType, is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SCORED = "a score as the leader's paper gives it: shown, never a condition of a statement"
_WRITTEN = "a coefficient as a decision writes it: shown and multiplied, never such a condition"
MAY_HAVE_DECIMALS = {
    "benefit_entitlement.coefficient": _WRITTEN,
    "benefit_entitlement.stated_coefficient": _WRITTEN,
    "target.value": "compared in Python, never a condition of a statement",
    "emulation_score.self_score": _SCORED,
    "emulation_score.verified_score": _SCORED,
    "emulation_criterion.most_points": _SCORED,
    "emulation_criterion.points": _SCORED,
}


def unclassified(tables: Iterable[Table]) -> list[str]:
    """Columns without a class or without a purpose."""
    return [
        str(column)
        for table in tables
        for column in table.columns
        if not isinstance(column.info.get("data_class"), DataClass)
        or not str(column.info.get("purpose", "")).strip()
    ]


def not_leakproof(tables: Iterable[Table]) -> list[str]:
    """Columns of a type whose comparison PostgreSQL keeps away from an index under row security."""
    return [
        str(column)
        for table in tables
        for column in table.columns
        if isinstance(column.type, Enum | Numeric)
    ]


def neither_sealed_nor_explained(tables: Iterable[Table]) -> list[str]:
    """Restricted columns that stand in plain text without a reason."""
    return [
        str(column)
        for table in tables
        for column in table.columns
        if column.info.get("data_class") is DataClass.RESTRICTED
        and not is_sealed(column)
        and not str(column.info.get("plain", "")).strip()
    ]


def key_without_tenant(tables: Iterable[Table]) -> list[str]:
    """Keys of tables with a tenant, foreign ones included, that do not begin with the tenant."""
    found = []
    for table in tables:
        if TENANT_COLUMN not in table.c:
            continue
        if next(iter(table.primary_key.columns)).name != TENANT_COLUMN:
            found.append(f"{table}: primary key")
        for key in table.foreign_key_constraints:
            target = key.elements[0].column.table
            if TENANT_COLUMN in target.c and key.column_keys[0] != TENANT_COLUMN:
                found.append(f"{table}: foreign key to {target}")
    return found


@pytest.fixture(scope="module")
def tables(root: Path) -> list[Table]:
    """Every table of core and of our plugins."""
    for file in sorted([*root.glob("core/**/models.py"), *root.glob("plugins/*/models.py")]):
        importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts))
    schemas = {"core"} | {folder.name for folder in (root / "plugins").iterdir()}
    return [t for t in Base.metadata.sorted_tables if t.schema in schemas]


def test_every_column_has_a_class_and_a_purpose(tables: list[Table]) -> None:
    assert len(tables) > 10
    assert unclassified(tables) == []


def test_no_column_is_of_a_type_that_row_security_makes_slow(tables: list[Table]) -> None:
    assert [name for name in not_leakproof(tables) if name not in MAY_HAVE_DECIMALS] == []


def test_every_restricted_column_is_sealed_or_says_why_not(tables: list[Table]) -> None:
    assert neither_sealed_nor_explained(tables) == []


def test_no_sealed_column_is_explained_away_or_without_its_own_key(tables: list[Table]) -> None:
    sealed = [column for table in tables for column in table.columns if is_sealed(column)]
    assert sealed
    for column in sealed:
        assert "plain" not in column.info, column
        assert isinstance(column, SealedColumn), column
        assert isinstance(column.type, SealedType), column
        assert [key.name for key in column.table.primary_key] == [TENANT_COLUMN, "id"], column


def test_every_key_begins_with_the_tenant(tables: list[Table]) -> None:
    assert key_without_tenant(tables) == []


def test_a_column_without_purpose_is_found() -> None:
    table = Table(
        "hurt",
        MetaData(),
        Column("told", BigInteger, info={"data_class": DataClass.RESTRICTED, "purpose": " "}),
        Column("kept", BigInteger, info={"data_class": DataClass.INTERNAL, "purpose": "a test"}),
        Column("untold", BigInteger),
    )
    assert unclassified([table]) == ["hurt.told", "hurt.untold"]


def test_a_restricted_column_in_plain_text_is_found() -> None:
    table = Table(
        "notice",
        MetaData(),
        Column("told_by", BigInteger, info=restricted("a test")),
        Column("age", BigInteger, info=restricted("a test", plain="counted")),
        Column("place", BigInteger, info=restricted("a test") | {"plain": " "}),
    )
    assert neither_sealed_nor_explained([table]) == ["notice.told_by", "notice.place"]


def test_a_number_with_decimals_is_found() -> None:
    assert not_leakproof([Table("sum", MetaData(), Column("vnd", Numeric))]) == ["sum.vnd"]


def test_a_key_without_the_tenant_is_found() -> None:
    table = Table(
        "case",
        MetaData(),
        Column("id", BigInteger, primary_key=True),
        Column(TENANT_COLUMN, BigInteger, primary_key=True),
    )
    assert key_without_tenant([table]) == ["case: primary key"]

"""Words that stand in one column of one record alone, so that an answer gives it away."""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, UniqueConstraint, select, text
from sqlalchemy.exc import DBAPIError

from core.access.role_table import record_classes
from core.db.base import DataClass
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from httpx import Response

    from core.tenancy.session import TenantSession
    from tests.isolation.web_world import World


@dataclass(frozen=True)
class Marked:
    """One record of each table, with the word that stands in each of its columns."""

    ids: Mapping[str, UUID]
    words: Mapping[tuple[str, str], str]

    def of(self, table: str) -> dict[str, str]:
        """The words of one record by column."""
        return {column: word for (one, column), word in self.words.items() if one == table}


def said(answer: Response) -> str:
    """The text of an answer, of every part of a packed file."""
    if answer.content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(answer.content)) as packed:
            return " ".join(
                packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
            )
    return answer.text


def standing_in(text_of_answer: str, marked: Marked) -> set[tuple[str, str]]:
    """The table and column of each word that an answer holds, accents and case aside."""
    low = text_of_answer.lower()
    return {where for where, word in marked.words.items() if word.lower() in low}


def mark(world: World, tenant: str, ids: Mapping[str, UUID], salt: str) -> Marked:
    """Write the words, column by column; a column that takes no word of ours is left as it is.

    The program writes them, so that sealed columns are sealed as always.
    """
    words: dict[tuple[str, str], str] = {}
    number = world.tenants[tenant]
    with world.platform.door.tenant_session(number, reach=Reach.counting()) as session:
        for cls in record_classes(world.platform.registry):
            table = str(cls.__table__.fullname)
            row = session.scalar(
                select(cls).where(cls.tenant_id == number, cls.id == ids.get(table))
            )
            if row is not None:
                for column, word in _words(session, row, table, salt):
                    words[table, column] = word
    if ("core.child", "full_name") in words:
        _make_found(world, number, ids, words)
    return Marked(ids, words)


def _make_found(
    world: World, number: int, ids: Mapping[str, UUID], words: dict[tuple[str, str], str]
) -> None:
    """The search finds the child and the household by the words that now stand in their names."""
    name = words["core.child", "full_name"]
    world.run(
        "INSERT INTO core.child_name_token (tenant_id, id, child_id, token, commune_id) SELECT "
        "tenant_id, gen_random_uuid(), id, lower(:word), commune_id FROM core.child "
        "WHERE tenant_id = :tenant AND id = :id",
        word=name,
        tenant=number,
        id=ids["core.child"],
    )
    head = words["core.household", "head_name"]
    world.run(
        "UPDATE core.household SET head_fold = lower(:word) WHERE tenant_id = :tenant AND id = :id",
        word=head,
        tenant=number,
        id=ids["core.household"],
    )
    del words["core.household", "head_fold"], words["core.child", "name_sort"]


def _words(session: TenantSession, row: Any, table: str, salt: str) -> Iterator[tuple[str, str]]:
    for column in row.__table__.columns:
        known = getattr(row, column.name)
        if column.name in _drawn_at_random(row.__table__):
            yield column.name, known
            continue
        if not _takes_words(column):
            continue
        word = _word(salt, table, column.name)
        with suppress(DBAPIError):
            with session.begin_nested():
                setattr(row, column.name, word)
                session.flush()
            yield column.name, word
        if getattr(row, column.name) != word:
            session.refresh(row)


def _drawn_at_random(table: Any) -> set[str]:
    """The codes by which people speak of a record: words of their own already."""
    unique = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    return {
        name
        for one in unique
        for name in one.columns.keys()  # noqa: SIM118  a collection of columns
        if name.endswith("_code")
    }


def _takes_words(column: Any) -> bool:
    """Text that tells of a person and is neither a code of a list nor a key."""
    if column.name == "confidential_key":  # bounds the row; it is not told
        return False
    told = column.info["data_class"].rank >= DataClass.PERSONAL.rank
    kind = getattr(column.type, "holds", None) or getattr(column.type, "python_type", None)
    return told and (isinstance(column.type, String) or kind is str)


def _word(salt: str, table: str, column: str) -> str:
    digest = hashlib.blake2b(f"{salt} {table} {column}".encode(), digest_size=10).hexdigest()
    return "Kv" + digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def run_as_owner(world: World, statement: str, **values: Any) -> Any:
    """One statement as the administrator, with its first value."""
    with world.database.admin.begin() as connection:
        return connection.execute(text(statement), values).scalar()

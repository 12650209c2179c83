"""Sealed columns: stored as ciphertext, read as values, and closed to the database's questions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import SelectLabelStyle, case, event, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, defer, load_only

from core.tenancy.door import TenantDoor
from core.vault.errors import SealedColumnError, VaultError
from core.vault.sealing import key_number
from tests.core.vault.notices import SCHEMA, Notice, put_bytes, store, stored_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.testing.database import TestDatabase

NAME = "Nguyễn Thị Thử Nghiệm"


def read(door: TenantDoor, row: UUID, tenant: int = 1) -> Notice:
    with door.tenant_session(tenant, read_only=True) as session:
        found = session.get_one(Notice, (tenant, row))
        found.informant  # noqa: B018  opens it, or fails
        return found


def opened(door: TenantDoor, row: UUID, column: str = "informant", tenant: int = 1) -> Any:
    with door.tenant_session(tenant, read_only=True) as session:
        return getattr(session.get_one(Notice, (tenant, row)), column)


def test_what_was_written_is_read_and_the_database_holds_ciphertext(door: TenantDoor) -> None:
    row = store(door, informant=NAME, phone="0900000000")
    assert opened(door, row) == NAME
    assert opened(door, row, "phone") == "0900000000"
    held = stored_bytes(door, row, "informant")
    assert held is not None
    assert key_number(held) == 1
    assert NAME.encode() not in held


def test_identifiers_and_bytes_are_sealed_too(door: TenantDoor) -> None:
    child = uuid4()
    row = store(door, child=child, secret=b"\x00\xff")
    assert opened(door, row, "child") == child
    assert opened(door, row, "secret") == b"\x00\xff"
    assert child.bytes not in (stored_bytes(door, row, "child") or b"")


def test_null_stays_null_and_empty_text_is_sealed(door: TenantDoor) -> None:
    row = store(door, informant=None, phone="")
    assert stored_bytes(door, row, "informant") is None
    assert len(stored_bytes(door, row, "phone") or b"") == 33
    assert opened(door, row) is None
    assert opened(door, row, "phone") == ""


def test_a_long_vietnamese_text_comes_back_letter_by_letter(door: TenantDoor) -> None:
    told = unicodedata.normalize("NFC", "Đường Trần Hưng Đạo, phường Mỹ Bình — ghi chú. " * 2000)
    assert opened(door, store(door, informant=told)) == told


def test_equal_values_are_not_equal_in_the_database(door: TenantDoor) -> None:
    one, two = store(door, informant=NAME), store(door, informant=NAME)
    assert stored_bytes(door, one, "informant") != stored_bytes(door, two, "informant")


def test_a_value_is_changed_in_place_and_emptied(door: TenantDoor) -> None:
    row = store(door, informant=NAME, phone="1")
    with door.tenant_session(1) as session:
        session.get_one(Notice, (1, row)).informant = "Trần Văn Mẫu"
    assert opened(door, row) == "Trần Văn Mẫu"
    assert opened(door, row, "phone") == "1"
    with door.tenant_session(1) as session:
        session.get_one(Notice, (1, row)).informant = None
    assert opened(door, row) is None


def test_a_value_is_readable_before_and_after_the_flush_and_after_a_refresh(
    door: TenantDoor,
) -> None:
    with door.tenant_session(1) as session:
        row = Notice(informant=NAME)
        assert row.informant == NAME
        session.add(row)
        session.flush()
        assert row.informant == NAME
        session.expire(row)
        assert row.informant == NAME
        session.refresh(row)
        assert row.informant == NAME
        row.informant = "khác"
        assert row.informant == "khác"
        session.refresh(row)
        assert row.informant == NAME


def test_reading_does_not_make_a_row_dirty(door: TenantDoor) -> None:
    row = store(door, informant=NAME)
    before = stored_bytes(door, row, "informant")
    with door.tenant_session(1) as session:
        found = session.get_one(Notice, (1, row))
        assert found.informant == NAME
        assert found not in session.dirty
    assert stored_bytes(door, row, "informant") == before


def test_many_rows_in_one_flush_each_keep_their_own(door: TenantDoor) -> None:
    names = {uuid4(): f"Người {n}" for n in range(200)}
    with door.tenant_session(1) as session:
        session.add_all(Notice(id=row, informant=name) for row, name in names.items())
    with door.tenant_session(1) as session:
        rows = session.scalars(select(Notice).where(Notice.id.in_(names)))
        assert {row.id: row.informant for row in rows} == names


@pytest.mark.parametrize(
    "move",
    [
        lambda door, row, other: put_bytes(
            door, other, "informant", stored_bytes(door, row, "informant")
        ),
        lambda door, _row, other: put_bytes(
            door, other, "informant", stored_bytes(door, other, "phone")
        ),
    ],
    ids=["row", "column"],
)
def test_a_ciphertext_moved_within_a_province_does_not_open(
    door: TenantDoor, move: Callable[[TenantDoor, UUID, UUID], None]
) -> None:
    row = store(door, informant=NAME, phone="1")
    other = store(door, informant="khác", phone="2")
    move(door, row, other)
    with pytest.raises(VaultError, match="does not open") as refused:
        opened(door, other)
    assert refused.value.status == 500
    assert NAME not in str(refused.value)


def test_a_ciphertext_of_another_province_does_not_open_in_a_row_of_the_same_id(
    door: TenantDoor,
) -> None:
    row = uuid4()
    store(door, 1, id=row, informant=NAME)
    store(door, 2, id=row, informant="khác")
    put_bytes(door, row, "informant", stored_bytes(door, row, "informant"), tenant=2)
    with pytest.raises(VaultError, match="does not open"):
        opened(door, row, tenant=2)


def test_no_bit_can_be_flipped(door: TenantDoor) -> None:
    row = store(door, informant="Mẫu")
    held = stored_bytes(door, row, "informant")
    assert held is not None
    for place in range(1, len(held)):
        changed = bytearray(held)
        changed[place] ^= 1
        put_bytes(door, row, "informant", bytes(changed))
        with pytest.raises(VaultError):
            opened(door, row)


@pytest.mark.parametrize("plain", [b"Nguyen", NAME.encode() * 3, b"", b"\x01" * 32])
def test_the_database_refuses_what_is_no_ciphertext(door: TenantDoor, plain: bytes) -> None:
    row = store(door, informant=NAME)
    with pytest.raises(IntegrityError, match="ck_notice_informant_sealed"):
        put_bytes(door, row, "informant", plain)


BULK: list[Callable[[Session], Any]] = [
    lambda s: s.execute(insert(Notice), [{"tenant_id": 1, "id": uuid4(), "informant": NAME}]),
    lambda s: s.execute(
        insert(Notice.__table__), [{"tenant_id": 1, "id": uuid4(), "informant": NAME}]
    ),
    lambda s: s.execute(insert(Notice).values(tenant_id=1, id=uuid4(), informant=NAME)),
    lambda s: s.execute(update(Notice).values(informant=NAME)),
    lambda s: s.bulk_save_objects([Notice(tenant_id=1, id=uuid4(), informant=NAME)]),
    lambda s: s.bulk_insert_mappings(
        Notice,
        [{"tenant_id": 1, "id": uuid4(), "informant": NAME}],  # type: ignore[arg-type]
    ),
]


@pytest.mark.parametrize("write", BULK)
def test_a_bulk_statement_never_stores_a_plain_value(
    door: TenantDoor, write: Callable[[Session], Any]
) -> None:
    with (
        pytest.raises(SealedColumnError, match="never by a bulk") as refused,
        door.tenant_session(1) as session,
    ):
        write(session)
    assert NAME not in f"{refused.value!r}{refused.value}"


QUESTIONS: list[Callable[[], Any]] = [
    lambda: select(Notice).where(Notice.informant == NAME),
    lambda: select(Notice).where(Notice.informant.in_([NAME])),
    lambda: select(Notice).where(Notice.informant.like("N%")),
    lambda: select(Notice).where(Notice.informant < "b"),
    lambda: select(Notice).where(Notice.informant.between("a", "b")),
    lambda: select(Notice).where(or_(Notice.id == uuid4(), Notice.informant != "a")),
    lambda: select(Notice).where(Notice.phone == Notice.informant),
    lambda: select(Notice.informant + "x"),
    lambda: select(Notice).order_by(Notice.informant),
    lambda: select(Notice).order_by(Notice.informant.desc()),
    lambda: select(func.count()).group_by(Notice.informant),
    lambda: select(func.count(Notice.informant)),
    lambda: select(func.max(Notice.informant)),
    lambda: select(func.octet_length(Notice.informant)),
    lambda: select(Notice.id).ext(distinct_on(Notice.informant)),
    lambda: select(func.row_number().over(order_by=Notice.informant)),
    lambda: select(Notice).order_by("informant"),
    lambda: select(Notice.informant.label("x")).order_by("x"),
    lambda: select(Notice.id).order_by(Notice.informant.label("x")),
    lambda: select(Notice.informant, func.count()).group_by(Notice.informant),
    lambda: select(case((Notice.informant.is_(None), 1), else_=Notice.informant)),
    lambda: select(aliased(Notice)).where(aliased(Notice).informant == NAME),
    lambda: select(Notice.__table__.c.tenant_id).order_by(Notice.__table__.c.informant),
    lambda: select(Notice.__table__.c.tenant_id).where(Notice.__table__.c.informant == NAME),
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_the_database_is_not_asked_about_a_sealed_value(
    door: TenantDoor, ask: Callable[[], Any]
) -> None:
    with (
        door.tenant_session(1) as session,
        pytest.raises(SealedColumnError, match="is sealed") as refused,
    ):
        session.execute(ask().where(Notice.tenant_id == 1)).all()
    assert NAME not in str(refused.value)


def test_nor_about_one_that_comes_out_of_a_subquery() -> None:
    inner = select(Notice).subquery()
    row = aliased(Notice, inner)
    for asked in (
        select(inner).order_by(inner.c.informant),
        select(row).order_by(row.informant),
        select(func.count(inner.c.informant)),
        select(func.count(row.informant)),
    ):
        with pytest.raises(SealedColumnError, match="is sealed"):
            str(asked)


def test_a_test_for_null_is_allowed(door: TenantDoor) -> None:
    with_name, without = store(door, 3, informant=NAME), store(door, 3)
    other = aliased(Notice)
    with door.tenant_session(3) as session:
        there = session.scalars(select(Notice.id).where(Notice.informant.is_not(None)))
        missing = session.scalars(select(other.id).where(other.informant.is_(None)))
        assert (there.all(), missing.all()) == ([with_name], [without])


SELECTIONS: list[Callable[[Session], Any]] = [
    lambda s: s.query(Notice),
    lambda s: s.scalars(select(aliased(Notice))),
    lambda s: s.scalars(
        select(Notice).set_label_style(SelectLabelStyle.LABEL_STYLE_TABLENAME_PLUS_COL)
    ),
    lambda s: s.scalars(select(Notice).from_statement(select(Notice).limit(9))),
    lambda s: s.scalars(select(aliased(Notice, select(Notice).subquery()))),
    lambda s: s.execute(select(Notice, func.now())).scalars(),
    lambda s: s.scalars(select(Notice).options(load_only(Notice.received_at))),
    lambda s: s.scalars(select(Notice).options(defer(Notice.informant))),
    lambda s: s.scalars(update(Notice).values(received_at=func.now()).returning(Notice)),
]


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_a_row_is_selected_in_any_way_and_opened(
    door: TenantDoor, chosen: Callable[[Session], Any]
) -> None:
    row = store(door, 2, informant=NAME)
    with door.tenant_session(2) as session:
        found = {notice.id: notice for notice in chosen(session)}
        assert found[row].informant == NAME


def test_a_selected_value_without_its_row_tells_nothing(door: TenantDoor) -> None:
    row = store(door, informant=NAME)
    with door.tenant_session(1) as session:
        value = session.scalar(select(Notice.informant).where(Notice.id == row))
        assert f"{value}{value!r}" == "<sealed><sealed>"


def test_no_statement_or_parameter_holds_a_value(door: TenantDoor) -> None:
    said: list[str] = []

    def listen(
        _c: object, _cursor: object, statement: str, parameters: object, *_r: object
    ) -> None:
        said.append(f"{statement} {parameters!r}")

    event.listen(door.engine, "before_cursor_execute", listen)
    try:
        row = store(door, informant=NAME, phone="0911222333")
        assert opened(door, row) == NAME
    finally:
        event.remove(door.engine, "before_cursor_execute", listen)
    assert len(said) >= 2
    assert not any(word in line for line in said for word in (NAME, "0911222333"))


def test_a_row_shows_no_value(door: TenantDoor) -> None:
    row = Notice(informant=NAME)
    assert NAME not in f"{row!r}{row}{vars(row)}"
    found = read(door, store(door, informant=NAME))
    assert NAME not in f"{found!r}{vars(found)}"


def test_a_session_without_the_ring_neither_seals_nor_opens(
    door: TenantDoor, notices: TestDatabase
) -> None:
    row = store(door, informant=NAME)
    bare = TenantDoor(notices.runtime)
    with pytest.raises(VaultError, match="key ring"):
        opened(bare, row)
    with pytest.raises(VaultError, match="key ring"):
        store(bare, informant=NAME)


def test_a_row_keeps_its_key(door: TenantDoor) -> None:
    row = store(door, informant=NAME)
    with pytest.raises(SealedColumnError, match="keeps its key"), door.tenant_session(1) as session:
        session.get_one(Notice, (1, row)).id = uuid4()


def test_a_value_of_the_wrong_type_is_refused_without_being_told(door: TenantDoor) -> None:
    with pytest.raises(SealedColumnError, match="takes a UUID") as refused:
        store(door, child=NAME)
    assert NAME not in str(refused.value)


def test_the_condition_of_the_database_is_made_with_the_table(notices: TestDatabase) -> None:
    with notices.owner.connect() as owner:
        rules = owner.scalars(
            text("SELECT conname FROM pg_constraint WHERE connamespace = CAST(:s AS regnamespace)"),
            {"s": SCHEMA},
        ).all()
    made = {"informant", "phone", "child", "secret"}
    assert {f"ck_notice_{column}_sealed" for column in made} <= set(rules)

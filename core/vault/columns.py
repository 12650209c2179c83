"""A mapped column whose value is sealed when its row is written and opened when it is read.

The database, the statements and their parameters see ciphertext alone. The row's own identity is
bound into it, so sealing waits for the flush, and opening needs the row and its session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, LargeBinary, Select, event, inspect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import ColumnProperty, InstrumentedAttribute, Session, object_session
from sqlalchemy.orm.properties import MappedColumn
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from core.kit.hidden import Hidden
from core.kit.ids import new_id
from core.vault.errors import SealedColumnError, VaultError
from core.vault.sealing import SHORTEST, VERSION, SealedPlace, Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Mapper
    from sqlalchemy.sql.compiler import SQLCompiler

    from core.db.base import Classified

SEALED: Final = "sealed"
VAULT: Final = "annhi_vault"
_NULL_TEST: Final = "annhi_null_test"
_NULL_TESTS: Final[Mapping[Any, Any]] = {
    operators.is_: operators.is_,
    operators.eq: operators.is_,
    operators.is_not: operators.is_not,
    operators.ne: operators.is_not,
}

_WRITERS: Final[Mapping[type, Callable[[Any], bytes]]] = {
    str: lambda value: value.encode(),
    bytes: bytes,
    UUID: lambda value: value.bytes,
}
_READERS: Final[Mapping[type, Callable[[bytes], Any]]] = {
    str: bytes.decode,
    bytes: bytes,
    UUID: lambda value: UUID(bytes=value),
}


def sealed(info: Classified, holds: type = str, **options: Any) -> MappedColumn[Any]:
    """Declare a column that only the program can read, never the database.

    ``informant: Mapped[str | None] = sealed(restricted("why"))`` is read and set like any other
    attribute of a row. It can be selected with its row and tested for NULL; a statement that
    compares, sorts, counts or groups by it is refused. The key of its table is
    ``(tenant_id, id)``. ``holds`` is ``str``, ``bytes`` or ``UUID``.

    Raises:
        ValueError: there is no way to seal such values.
    """
    if holds not in _WRITERS:
        raise ValueError(f"a sealed column cannot hold {holds.__name__}")
    return _SealedMapping(info={**info, SEALED: True}, type_=SealedType(holds), **options)


def is_sealed(column: Any) -> bool:
    """Whether a column, or the mapped attribute of one, is sealed."""
    return bool(getattr(column, "info", {}).get(SEALED))


def vault_of(session: Session | None) -> Vault:
    """The vault that a session was opened with.

    Raises:
        VaultError: it has none, or the row is in no session.
    """
    vault = session.info.get(VAULT) if session is not None else None
    if not isinstance(vault, Vault):
        raise VaultError("Without a session that holds the key ring nothing is sealed or opened.")
    return vault


def sealed_rule(column: str) -> str:
    """The database's own condition on such a column: plain text never passes for ciphertext."""
    return f"octet_length({column}) >= {SHORTEST} AND get_byte({column}, 0) = {VERSION}"


class SealedBytes:
    """Ciphertext on its way to or from the database; tells nothing."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        """Keep the ciphertext."""
        self.content = content

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealedBytes) and other.content == self.content

    def __hash__(self) -> int:
        return hash(self.content)


class SealedType(TypeDecorator[SealedBytes]):
    """``bytea`` that takes ciphertext alone, and whose comparison is refused."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, holds: type = str) -> None:
        """Say what is inside."""
        super().__init__()
        self.holds = holds

    class Comparator(TypeDecorator.Comparator[SealedBytes]):
        """Null tests and nothing else."""

        __slots__ = ()

        def operate(self, op: Any, *other: Any, **_options: Any) -> Any:
            """Build a test for NULL, or refuse."""
            test = _NULL_TESTS.get(op)
            if test is None or other[0] is not None:
                raise _refused(self.expr)
            tested = self.expr._annotate({_NULL_TEST: True})  # noqa: SLF001  read by _compile
            return LargeBinary.Comparator(tested).operate(test, None)

        def reverse_operate(self, op: Any, other: Any, **_options: Any) -> NoReturn:  # noqa: ARG002
            """Refuse."""
            raise _refused(self.expr)

    comparator_factory = Comparator

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """Let ciphertext through.

        Raises:
            SealedColumnError: the value was not sealed; only a flush of mapped rows seals.
        """
        if value is None:
            return None
        if not isinstance(value, SealedBytes):
            raise SealedColumnError(
                "A sealed column is written through its mapped row, never by a bulk statement."
            )
        return value.content

    def process_literal_param(self, value: Any, dialect: Any) -> NoReturn:  # noqa: ARG002
        """Refuse: a value is never part of a statement's text."""
        raise SealedColumnError("A sealed value is never written into a statement.")

    def process_result_value(self, value: bytes | None, dialect: Any) -> SealedBytes | None:  # noqa: ARG002
        """Hand on the ciphertext as what it is."""
        return None if value is None else SealedBytes(bytes(value))


class SealedColumn(Column[Any]):
    """A column that may stand among those selected and in a test for NULL, nowhere else."""

    inherit_cache = True


@compiles(SealedColumn)
def _compile(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    """Refuse a statement that would sort, group or count by it; compiled once, so checked once."""
    selected = options.get("within_columns_clause") and _is_selected(element, compiler)
    if not (selected or element._annotations.get(_NULL_TEST)):  # noqa: SLF001  set above
        raise _refused(element)
    return compiler.visit_column(element, **options)


def _is_selected(element: Any, compiler: SQLCompiler) -> bool:
    """Whether it is itself one of the columns, not part of one; annotated twins hash alike."""
    statement = compiler.stack[-1]["selectable"] if compiler.stack else None
    if not isinstance(statement, Select):
        return True  # what an INSERT or UPDATE returns
    return hash(element) in {hash(column) for column in statement.selected_columns}


@event.listens_for(SealedColumn, "after_parent_attach")
def _constrain(column: SealedColumn, table: Table) -> None:
    table.append_constraint(CheckConstraint(sealed_rule(column.name), name=f"{column.name}_sealed"))


class SealedAttribute(InstrumentedAttribute[Any]):
    """The attribute of a sealed column: hidden while it waits for the flush, opened when read."""

    __slots__ = ()
    inherit_cache = True

    def __set__(self, instance: object, value: Any) -> None:
        as_it_is = value is None or isinstance(value, Hidden | SealedBytes)
        super().__set__(instance, value if as_it_is else Hidden(value))

    def __get__(self, instance: object | None, owner: Any) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, Hidden):
            return value.reveal()
        return _opened(instance, self.key, value) if isinstance(value, SealedBytes) else value


class SealedProperty(ColumnProperty[Any]):
    """The mapping of a sealed column."""

    inherit_cache = True

    def instrument_class(self, mapper: Mapper[Any]) -> None:
        """Put our attribute in the place of the usual one, and seal before each write."""
        attribute = SealedAttribute(
            mapper.class_,
            self.key,
            comparator=self.comparator_factory(self, mapper),
            parententity=mapper,
        )
        mapper.class_manager.instrument_attribute(self.key, attribute)
        for name in ("before_insert", "before_update"):
            if not event.contains(mapper, name, _seal_row):
                event.listen(mapper, name, _seal_row)


class _SealedMapping(MappedColumn[Any]):
    """What ``sealed`` declares, for the declarative mapping."""

    __slots__ = ()
    inherit_cache = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.column = SealedColumn(**options)

    @property
    def mapper_property_to_assign(self) -> SealedProperty:
        return SealedProperty(self.column, attribute_options=self._attribute_options)


def _seal_row(mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    """Seal what was set since the last flush."""
    state = inspect(row)
    if row.id is None:
        row.id = new_id()
    if state.identity is not None and state.identity != (row.tenant_id, row.id):
        raise SealedColumnError(f"A row of {mapper.local_table} with sealed values keeps its key.")
    for attribute in mapper.column_attrs:
        if isinstance(attribute, SealedProperty):
            value = state.dict.get(attribute.key)
            if isinstance(value, Hidden):
                held = _written(attribute, value.reveal())
                box = vault_of(object_session(row)).seal(_place(row, attribute), held)
                setattr(row, attribute.key, SealedBytes(box))


def _opened(row: Any, key: str, value: SealedBytes) -> Any:
    attribute = cast("SealedProperty", inspect(row).mapper.attrs[key])
    plain = vault_of(object_session(row)).open(_place(row, attribute), value.content)
    return _READERS[_held(attribute)](plain)


def _written(attribute: SealedProperty, value: Any) -> bytes:
    holds = _held(attribute)
    if not isinstance(value, holds):
        raise SealedColumnError(f"{attribute} takes a {holds.__name__} and nothing else.")
    return _WRITERS[holds](value)


def _held(attribute: SealedProperty) -> type:
    return cast("SealedType", attribute.columns[0].type).holds


def _place(row: Any, attribute: SealedProperty) -> SealedPlace:
    column = cast("Column[Any]", attribute.columns[0])
    return SealedPlace(row.tenant_id, column.table.fullname, column.name, row.id)


def _refused(column: Any) -> SealedColumnError:
    return SealedColumnError(
        f"{getattr(column, 'name', 'A column')} is sealed: the database cannot compare, sort, "
        "search, group or count by it. Only whether it is NULL can be asked."
    )

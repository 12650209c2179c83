"""Turns parsed TOML into declared types, and names every fault instead of the first.

TOML has no null. A field whose type allows ``None`` and has no default must be given, or be
named in the row's ``unknown`` list: so "the document does not say" differs from "forgotten".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import inspect as types

from core.profiles.faults import expected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.profiles.faults import Findings
    from core.profiles.positions import Path

T = TypeVar("T")
UNKNOWN = "unknown"
_FAULTY = object()


def decode(declared: type[T], data: Mapping[str, Any], findings: Findings) -> T | None:
    """An instance of the declared type, or ``None`` when there are faults in its own fields.

    Rows with faults are left out of their list, so that the rest can still be checked.
    """
    decoded = _decode(types.type_info(declared), dict(data), (), findings)
    return decoded if isinstance(decoded, declared) else None


def _decode(node: types.Type, value: Any, path: Path, findings: Findings) -> Any:
    if isinstance(node, types.UnionType):
        (node,) = (one for one in node.types if not isinstance(one, types.NoneType))
    shape = _SHAPES.get(type(node))
    if shape is None:  # Any, for settings that a plugin will read
        return value
    described, fits, build = shape
    if not fits(value):
        findings.add(path, f"expected {described}, not {_shown(value)}")
        return _FAULTY
    return build(node, value, path, findings)


def _items(node: Any, value: list[Any], path: Path, findings: Findings) -> tuple[Any, ...]:
    items = (_decode(node.item_type, v, (*path, i), findings) for i, v in enumerate(value))
    return tuple(item for item in items if item is not _FAULTY)


def _set(node: Any, value: list[Any], path: Path, findings: Findings) -> frozenset[Any]:
    return frozenset(_items(node, value, path, findings))


def _table(node: Any, value: dict[str, Any], path: Path, findings: Findings) -> dict[str, Any]:
    pairs = ((k, _decode(node.value_type, v, (*path, k), findings)) for k, v in value.items())
    return {key: item for key, item in pairs if item is not _FAULTY}


def _text(_node: Any, value: str, path: Path, findings: Findings) -> Any:
    if value.strip():
        return value
    findings.add(path, "is empty; give it, or leave the field out")
    return _FAULTY


def _whole(node: Any, value: int, path: Path, findings: Findings) -> Any:
    low, high = node.ge, node.le
    if (low is None or value >= low) and (high is None or value <= high):
        return value
    span = f"from {low} to {high}" if high is not None else f"of at least {low}"
    findings.add(path, f"expected a whole number {span}, not {value}")
    return _FAULTY


def _exact(_node: Any, value: Any, _path: Path, _findings: Findings) -> Any:
    return value


def _decimal(_node: Any, value: Decimal | int, _path: Path, _findings: Findings) -> Decimal:
    return Decimal(value)


def _literal(node: Any, value: Any, path: Path, findings: Findings) -> Any:
    if value in node.values:
        return value
    words = [str(word) for word in node.values]
    findings.add(path, f"{_shown(value)} is not allowed here; {expected(value, words)}")
    return _FAULTY


def _struct(node: types.StructType, data: dict[str, Any], path: Path, findings: Findings) -> Any:
    values: dict[str, Any] = {}
    unknown = data.get(UNKNOWN, [])
    names = {field.encode_name: field for field in node.fields}
    for name in data.keys() - names.keys():
        findings.add((*path, name), f"is not a field here; {expected(name, names)}")
    _check_unknown(unknown, data, names, path, findings)
    for name, field in names.items():
        if name in data:
            values[field.name] = _decode(field.type, data[name], (*path, name), findings)
        elif field.required and not (_nullable(field) and name in unknown):
            hint = (
                f", or list it in `{UNKNOWN}` if the document does not say"
                if _nullable(field)
                else ""
            )
            findings.add((*path, name), f"is missing; give it{hint}")
            values[field.name] = _FAULTY
        elif field.required:
            values[field.name] = None
    if any(value is _FAULTY for value in values.values()):
        return _FAULTY
    made = node.cls(**values)
    findings.place(made, path)
    return made


def _check_unknown(
    unknown: Any,
    data: dict[str, Any],
    names: Mapping[str, types.Field],
    path: Path,
    findings: Findings,
) -> None:
    """A field is unknown only if it may be, and never both given and unknown."""
    nullable = {name for name, field in names.items() if _nullable(field)}
    for name in unknown if isinstance(unknown, list) else []:
        if name in data:
            findings.add(
                (*path, UNKNOWN), f"{name!r} is given and listed as unknown; do one of both"
            )
        elif name not in nullable:
            findings.add(
                (*path, UNKNOWN), f"{name!r} cannot be unknown; {expected(name, nullable)}"
            )


def _nullable(field: types.Field) -> bool:
    return isinstance(field.type, types.UnionType) and field.type.includes_none


def _shown(value: Any) -> str:
    """A value in an error: short, as written."""
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return msgspec.json.encode(value).decode() if isinstance(value, bool) else str(value)


_Build = Callable[[Any, Any, "Path", "Findings"], Any]
_SHAPES: dict[type[types.Type], tuple[str, Callable[[Any], bool], _Build]] = {
    types.StrType: ("a text in quotes", lambda v: isinstance(v, str), _text),
    types.BoolType: ("true or false", lambda v: isinstance(v, bool), _exact),
    types.IntType: ("a whole number", lambda v: type(v) is int, _whole),
    types.DecimalType: ("a number", lambda v: type(v) in {int, Decimal}, _decimal),
    types.DateType: (
        "a date such as 2018-01-31, without quotes",
        lambda v: type(v) is date,
        _exact,
    ),
    types.LiteralType: ("a text in quotes", lambda v: isinstance(v, str), _literal),
    types.VarTupleType: ("a list [ … ]", lambda v: isinstance(v, list), _items),
    types.FrozenSetType: ("a list [ … ]", lambda v: isinstance(v, list), _set),
    types.DictType: ("a table { … }", lambda v: isinstance(v, dict), _table),
    types.StructType: ("a table { … }", lambda v: isinstance(v, dict), _struct),
}

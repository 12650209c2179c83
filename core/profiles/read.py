"""Reads `tenants/`: parses, checks, and refuses with every fault at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from core.profiles.checks import Checker, References
from core.profiles.declaration import AggregatorFile, ProvinceFile
from core.profiles.decode import decode
from core.profiles.faults import DeclarationError, Fault, Findings
from core.profiles.positions import Positions, positions_of
from core.profiles.registers import LegalDocumentsFile, SourcesFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.profiles.declaration import TenantFile
    from core.profiles.registers import LegalDocumentRow

T = TypeVar("T")
_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """Everything that `tenants/` declares, read and checked."""

    tenants: Mapping[str, TenantFile]
    legal_documents: tuple[LegalDocumentRow, ...]
    sources: SourcesFile


def read_declarations(directory: Path, references: References) -> Declarations:
    """All tenants of a directory, by slug.

    Raises:
        DeclarationError: something is wrong; carries every fault of every file.
    """
    faults: list[Fault] = []
    sources = _read(directory / "sources.toml", SourcesFile, faults)
    register = _read(directory / "legal_documents.toml", LegalDocumentsFile, faults)
    files = sorted(directory.glob("*/tenant.toml"))
    if not files:
        faults.append(Fault(str(directory), 1, "(folder)", "holds no <slug>/tenant.toml"))
    known_sources = _source_names(sources[0]) if sources else frozenset()
    legal = _check_register(register, known_sources) if sources and register else frozenset()
    tenants: dict[str, TenantFile] = {}
    for path in files:
        read = _read_tenant(path, faults)
        if read is None:
            continue
        file, findings = read
        if sources and register:
            Checker(
                references=references,
                legal_documents=legal,
                sources=known_sources,
                findings=findings,
            ).check(file, path.parent.name)
        faults.extend(findings.faults)
        tenants[path.parent.name] = file
    faults.extend(register[1].faults if register else ())
    if faults or sources is None or register is None:
        raise DeclarationError(faults)
    return Declarations(tenants=tenants, legal_documents=register[0].documents, sources=sources[0])


def _source_names(sources: SourcesFile) -> frozenset[str]:
    return frozenset(
        {document.code for document in sources.documents} | {page.key for page in sources.pages}
    )


def _check_register(
    register: tuple[LegalDocumentsFile, Findings], sources: frozenset[str]
) -> frozenset[str]:
    """Check the register of legal documents; gives the codes that it holds."""
    file, findings = register
    checker = Checker(
        references=References.none(),
        legal_documents=frozenset(),
        sources=sources,
        findings=findings,
    )
    checker.unique(file.documents, [row.code for row in file.documents], "code")
    for row in file.documents:
        checker.source(row, row.source)
    return frozenset(row.code for row in file.documents)


def _read_tenant(path: Path, faults: list[Fault]) -> tuple[TenantFile, Findings] | None:
    loaded = _load(path, faults)
    if loaded is None:
        return None
    data, positions = loaded
    tenant = data.get("tenant")
    kind = tenant.get("kind") if isinstance(tenant, dict) else None
    declared = AggregatorFile if kind == "aggregator" else ProvinceFile
    return _decode(path, declared, data, positions, faults)


def _read(path: Path, declared: type[T], faults: list[Fault]) -> tuple[T, Findings] | None:
    loaded = _load(path, faults)
    return _decode(path, declared, *loaded, faults) if loaded else None


def _decode(
    path: Path,
    declared: type[T],
    data: dict[str, Any],
    positions: Positions,
    faults: list[Fault],
) -> tuple[T, Findings] | None:
    findings = Findings(path, positions)
    file = decode(declared, data, findings)
    faults.extend(findings.faults)
    return None if file is None else (file, findings)


def _load(path: Path, faults: list[Fault]) -> tuple[dict[str, Any], Positions] | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(str(path), 1, "(file)", f"cannot read it ({error.strerror})"))
        return None
    return parse(path, content, faults)


def parse(
    path: Path, content: bytes, faults: list[Fault]
) -> tuple[dict[str, Any], Positions] | None:
    """What a file says, with the line of each value; ``None`` and a fault where it is no TOML."""
    try:
        text = content.decode()
        data = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        faults.append(Fault(str(path), 1, "(file)", f"is not UTF-8 (byte {error.start})"))
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        faults.append(Fault(str(path), int(line[1]) if line else 1, "(file)", f"not TOML: {error}"))
    else:
        return data, positions_of(text.replace("\r\n", "\n"))
    return None

"""Reads the file of a declared plugin: strictly, and with every fault at once."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from core.declared.checking import check_card, check_codes, check_forms, check_roles
from core.declared.checking_figures import check_indicators, check_measures, check_sections
from core.declared.file import File
from core.profiles.decode import decode
from core.profiles.faults import DeclarationError, Fault, Findings
from core.profiles.read import parse

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read and found right; ``findings`` knows where each of its rows stands."""

    path: Path
    file: File
    sha256: str
    findings: Findings


def read_file(path: Path) -> Read:
    """The file at a path.

    What is misspelt is told first, what does not fit together once all of it can be read.

    Raises:
        DeclarationError: something is wrong; carries every fault with its line and its cure.
    """
    faults: list[Fault] = []
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DeclarationError(
            [Fault(str(path), 1, "(file)", f"cannot read it ({error.strerror})")]
        ) from None
    parsed = parse(path, content, faults)
    if parsed is None:
        raise DeclarationError(faults)
    data, positions = parsed
    findings = Findings(path, positions)
    file = decode(File, data, findings)
    if file is None or findings.faults:
        raise DeclarationError(findings.faults)
    check_card(file, path.stem, findings)
    for check in (check_codes, check_forms, check_roles, check_measures, check_indicators):
        check(file, findings)
    check_sections(file, findings)
    if findings.faults:
        raise DeclarationError(findings.faults)
    return Read(path, file, sha256(content).hexdigest(), findings)

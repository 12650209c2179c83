"""What several forms of a case ask."""

from __future__ import annotations

from dataclasses import replace

from core.plugin_api import Field, Part, Text
from plugins.sexual_abuse.asking import (
    case,
    commune,
    note,
)

THE_CASE = Part(Text(vi="Trường hợp", en="The case"), (case(), commune()))
# Of a record that is followed to its end: it stays one of its case.
THE_SAME_CASE = Part(
    Text(vi="Trường hợp", en="The case"), tuple(replace(one, fixed=True) for one in THE_CASE.fields)
)


def late(vi: str, en: str) -> Field:
    """Why a step came after its time; the help says which time that is."""
    return note(
        "delay_reason", "Lý do chậm", "Why it is late", required=False, help=Text(vi=vi, en=en)
    )

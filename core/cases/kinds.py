"""Kinds of case that core knows without any programme, and whose right each takes to read.

Source: domain page of the programmes, §2.4 (kinds), §1.8 (groups that are confidential).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CaseKind:
    """One kind; ``confidential_key`` is set where even that such a case exists is confidential."""

    code: str
    name: Text
    confidential_key: str | None = None


KINDS = {
    kind.code: kind
    for kind in (
        CaseKind(
            "special_circumstance_support",
            Text(vi="Hỗ trợ trẻ em có hoàn cảnh đặc biệt", en="Support in special circumstances"),
        ),
        CaseKind("violence", Text(vi="Bạo lực, xâm hại", en="Violence, abuse"), "core.violence"),
        CaseKind("exploitation", Text(vi="Bóc lột", en="Exploitation"), "core.exploitation"),
        CaseKind("abandonment_risk", Text(vi="Nguy cơ bị bỏ rơi", en="Risk of abandonment")),
        CaseKind(
            "hiv_support",
            Text(vi="Hỗ trợ trẻ em nhiễm HIV/AIDS", en="Support of a child living with HIV/AIDS"),
            "core.hiv",
        ),
    )
}
CONFIDENTIAL_KEYS = frozenset(
    kind.confidential_key for kind in KINDS.values() if kind.confidential_key
)
_BY_SUBJECT: Mapping[str, str] = {
    "at_risk_violence": "violence",
    "at_risk_exploitation": "exploitation",
    "at_risk_abandonment": "abandonment_risk",
    "special_circumstance": "special_circumstance_support",
    "hiv": "hiv_support",
}
# What makes a case confidential, whatever else the intake says; an abused child always does.
CONFIDENTIAL_SUBJECTS = frozenset(
    {"abused", *(said for said, kind in _BY_SUBJECT.items() if KINDS[kind].confidential_key)}
)
# What an abused child suffered decides; the gravest first. Trafficking is for exploitation.
_BY_ABUSE = (
    ("sexual", "violence"),
    ("violence", "violence"),
    ("trafficking", "exploitation"),
    ("exploitation", "exploitation"),
    ("neglect_abandonment", "violence"),
    ("other", "violence"),
)


def kind_of(answers: Mapping[str, Any]) -> CaseKind:
    """The kind that an intake's answers make. An abused child's is always confidential."""
    subject = answers["subject"]
    if subject != "abused":
        return KINDS[_BY_SUBJECT[subject]]
    suffered = answers.get("abuse_types") or ()
    return KINDS[next((kind for abuse, kind in _BY_ABUSE if abuse in suffered), "violence")]

"""Questions in few words, for the many forms of the programme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Field, Option, Rule, Text, answer

if TYPE_CHECKING:
    from core.plugin_api import Kind


def ask(kind: Kind, name: str, vi: str, en: str, **more: Any) -> Field:
    """A question that must be answered, unless ``required`` says otherwise."""
    return Field(name=name, label=Text(vi=vi, en=en), kind=kind, **{"required": True} | more)


def told(kind: Kind, name: str, vi: str, en: str, **more: Any) -> Field:
    """What the form works out itself and shows."""
    return Field(name=name, label=Text(vi=vi, en=en), kind=kind, computed=True, **more)


def past_day(name: str, vi: str, en: str, **more: Any) -> Field:
    """A day up to today."""
    return ask("date", name, vi, en, not_future=True, **more)


def commune(vi: str, en: str) -> Field:
    """Where it is."""
    return ask("commune", "commune_id", vi, en)


def fixed(field: Field) -> Field:
    """The same question, whose answer is not corrected later: other records rest on it."""
    return replace(field, fixed=True)


def child() -> Field:
    """The child it is about, who stands in the register."""
    return ask(
        "child",
        "child_id",
        "Trẻ em",
        "Child",
        help=Text(
            vi="Tìm theo mã trẻ em. Trẻ chưa có trong sổ quản lý trẻ em thì ghi vào sổ trước.",
            en="Look up by the child's code. A child who is not in the register is entered there "
            "first.",
        ),
    )


def option(value: str, vi: str, en: str) -> Option:
    """One line of a code list."""
    return Option(value, Text(vi=vi, en=en))


def must(rule: Rule, vi: str, en: str) -> Check:
    """A rule and what to say when it is broken."""
    return Check(rule, Text(vi=vi, en=en))


def when(condition: Rule, consequence: Rule) -> Rule:
    """If the condition holds, so must the consequence."""
    return ~condition | consequence


def not_before(later: str, earlier: str, vi: str, en: str) -> Check:
    """Two days in their order; an empty one breaks nothing."""
    return must(
        ~answer(later).answered() | answer(later).at_least(answer(earlier)),
        vi,
        en,
    )

"""Questions in few words, for the forms of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Check, Fault, Field, Option, Rule, Text, answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api import Kind, Records

INTAKE = "sexual_abuse.intake"
# Source: domain page of the programmes, §5.2 (6): police and health hold the account.
BRIEF = Text(
    vi="Ghi ngắn gọn điều cần làm để giúp trẻ. Không ghi tên, địa chỉ, trường học và không kể lại "
    "sự việc.",
    en="What is needed to help the child, in short. No name, address or school, and no account "
    "of what happened.",
)
LEVELS = (
    Option("high", Text(vi="Cao", en="High")),
    Option("medium", Text(vi="Trung bình", en="Medium")),
    Option("low", Text(vi="Thấp", en="Low")),
)


def ask(kind: Kind, name: str, vi: str, en: str, **more: Any) -> Field:
    """A question that must be answered, unless ``required`` says otherwise."""
    return Field(name=name, label=Text(vi=vi, en=en), kind=kind, **{"required": True} | more)


def told(kind: Kind, name: str, vi: str, en: str, **more: Any) -> Field:
    """What the form works out itself and shows."""
    return Field(name=name, label=Text(vi=vi, en=en), kind=kind, computed=True, **more)


def past_day(name: str, vi: str, en: str, **more: Any) -> Field:
    """A day up to today."""
    return ask("date", name, vi, en, not_future=True, **more)


def note(name: str, vi: str, en: str, **more: Any) -> Field:
    """A short sealed text, with the warning against telling too much."""
    return ask("textarea", name, vi, en, **{"max_length": 500, "help": BRIEF} | more)


def level(name: str, vi: str, en: str) -> Field:
    """High, medium or low."""
    return ask("choice", name, vi, en, options=LEVELS)


def case() -> Field:
    """The case, by its code; found by those alone to whom it was given."""
    return ask("record", "case_id", "Mã trường hợp", "Case code", of=INTAKE)


def commune() -> Field:
    """Where the case is."""
    return ask("commune", "commune_id", "Nơi xảy ra (cấp xã)", "Commune of the case")


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
    in_order = answer(later).at_least(answer(earlier))
    return must(~(answer(later).answered() & answer(earlier).answered()) | in_order, vi, en)


def case_of(records: Records, answers: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The case of the answers, if the asker may read it."""
    return records.get(INTAKE, answers.get("case_id"))


def commune_of_case(records: Records, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The commune follows from the case."""
    found = case_of(records, answers)
    return {"commune_id": found["commune_id"]} if found else {}


def where_the_case_is(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """A record of a case lies where the case lies, and nowhere else."""
    found = case_of(records, answers)
    if found is not None and found["commune_id"] != answers["commune_id"]:
        yield Fault(
            "commune_id",
            Text(
                vi="Hãy chọn đúng xã của trường hợp này.",
                en="Choose the commune of this case.",
            ),
        )

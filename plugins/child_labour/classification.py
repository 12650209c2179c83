"""The classification of a screening: pure, explained reason by reason, by a versioned ruleset.

Source: Labour Code 2019, Articles 145 and 147; Circular 09/2020/TT-BLĐTBXH, as far as read (see
``data/rulesets.toml``). The worst forms (trafficking, sexual exploitation, debt bondage) are
never concluded here: the form sends them to hotline 111 and the police and records nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.child_labour import codes
from plugins.child_labour.rulesets import ruleset_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.child_labour.rulesets import Ruleset

Conclusion = tuple[str, list[str]]


def compute(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The computed columns of a screening from its checked answers."""
    ruleset = ruleset_on(answers["screened_on"])
    category, reasons = classify(answers, ruleset)
    return {
        "category": category,
        "reasons": reasons,
        "ruleset": ruleset.code,
        "age_group": age_group(answers["age_at_screening"]),
    }


def classify(answers: Mapping[str, Any], ruleset: Ruleset) -> Conclusion:
    """The category and the codes of its reasons."""
    if not answers["works"]:
        return _without_work(answers, ruleset)
    if answers.get("hazards"):
        return codes.HAZARDOUS, ["hazards", *_excesses(answers, ruleset)]
    excesses = _excesses(answers, ruleset)
    if excesses:
        return codes.CHILD_LABOUR, excesses
    return _harmless_work(answers, ruleset)


def age_group(age: int) -> str:
    """The age group of the child-labour statistics (LAB-01)."""
    if age < 13:  # noqa: PLR2004  bounds of the groups, named by their codes
        return "5-12"
    return "13-14" if age < 15 else "15-17"  # noqa: PLR2004  same


def _without_work(answers: Mapping[str, Any], ruleset: Ruleset) -> Conclusion:
    factors = answers.get("risk_factors") or []
    if codes.DROPOUT in factors and len(factors) >= ruleset.at_risk_factors:
        return codes.AT_RISK, ["does_not_work", "risk_factors"]
    return codes.NOT_WORKING, ["does_not_work"]


def _excesses(answers: Mapping[str, Any], ruleset: Ruleset) -> list[str]:
    """What goes beyond the limits, whatever the work."""
    reasons = []
    if ruleset.night_work_forbidden and answers.get("night_work"):
        reasons.append("night_work")
    limit = ruleset.limit_at(answers["age_at_screening"])
    if limit and (answers.get("hours_per_day_max") or 0) > limit.most_per_day:
        reasons.append("over_hours_per_day")
    if limit and (answers.get("hours_per_week") or 0) > limit.most_per_week:
        reasons.append("over_hours_per_week")
    return reasons


def _harmless_work(answers: Mapping[str, Any], ruleset: Ruleset) -> Conclusion:
    """Work within the limits: whether the child's age allows it."""
    age = answers["age_at_screening"]
    at_home = answers.get("relation_to_employer") == codes.OWN_FAMILY
    if ruleset.own_family_excepted and at_home and answers.get("school_attending"):
        return codes.PERMITTED, ["own_family"]
    if age >= ruleset.work_from:
        return codes.PERMITTED, ["within_limits"]
    if answers.get("sector") == codes.ARTS_SPORTS:
        return codes.PERMITTED, ["arts_sports"]
    if age < ruleset.light_work_from:
        return codes.CHILD_LABOUR, ["under_light_work_age"]
    if answers.get("on_light_work_list"):
        return codes.LIGHT_WORK, ["light_work"]
    return codes.CHILD_LABOUR, ["not_light_work"]

"""What forms hand on to the intake of a case and to the report of an incident, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.registry.service import Registry


def test_an_intake_or_an_incident_is_handed_no_more_than_was_decided(registry: Registry) -> None:
    """Child labour gives the child of a worst form (0028); no incident is given a child."""
    handed = {
        (form.code, offer.form): ({*offer.carry, *offer.fills}, offer.when)
        for form in registry.catalogue.forms.values()
        for offer in form.offers
        if offer.form in {"core.case_intake", "core.urgent_incident"}
        if offer.carry or offer.fills
    }
    notice = handed.pop(("drowning_prevention.injury_notice", "core.urgent_incident"))
    assert not any("child_id" in field or "name" in field for field in notice[0])
    where = {"commune_id", "subject"}
    assert handed == {
        ("child_labour.screening", "core.case_intake"): (where | {"child_ref"}, None),
        ("child_labour.case", "core.case_intake"): (where | {"child_ref"}, None),
        ("child_labour.follow_up", "core.case_intake"): (where, None),
    }


def test_a_notice_of_abuse_offers_the_report_of_an_incident_without_a_name(
    registry: Registry,
) -> None:
    (offer,) = (
        one
        for one in registry.catalogue.forms["sexual_abuse.intake"].offers
        if one.form == "core.urgent_incident"
    )
    assert (offer.when, offer.carry) == (None, {})

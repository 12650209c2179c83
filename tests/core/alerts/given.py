"""Records that need attention, not yet stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from core.cases.models import Case
from core.register.models import Child


def child(commune: int, born: date, **given: Any) -> Child:
    """A small child with a card whose birth is registered, unless told otherwise."""
    values = {
        "name_unknown": True,
        "name_sort": "",
        "sex": "female",
        "dob_precision": "day",
        "birth_registration": "registered",
        "relation_to_head": "child",
        "residence_status": "permanent",
        "schooling": "too_young",
        "status": "active",
        "source": "survey",
        "ethnicity": "kinh",
        "health_insurance_card": "TE1",
        "date_of_birth": born,
        "registered_on": born,
    }
    return Child(commune_id=commune, **(values | given))


def case(commune: int, on: date, **given: Any) -> Case:
    """A case that was received at noon and of which nothing is known yet."""
    at = datetime.combine(on, time(5), UTC)
    values = {
        "kind": "special_circumstance_support",
        "state": "received",
        "received_at": at,
        "begun_at": at,
        "created_at": at,
    }
    return Case(commune_id=commune, **(values | given))

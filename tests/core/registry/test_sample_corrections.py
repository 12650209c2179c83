"""Saved records are corrected with their history; drafts are their owner's alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.forms import correcting, drafts
from core.forms.context import context_for
from core.forms.errors import AnswersRefusedError
from core.forms.models import FormEntry
from core.forms.schema import json_schema
from core.forms.service import get_record, stored_rows
from core.forms.shown import shown_record
from core.indicators.models import FigureStale
from core.indicators.stale import marker
from core.kit.errors import NotFoundError, RefusedError
from core.plugin_api.figures import Measure
from core.plugin_api.forms import Option
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from tests.core.registry.test_sample_class import (
    CLASS,
    NOW,
    ROUND,
    TODAY,
    Place,
    place,
    right,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.identity.principal import Principal
    from core.plugin_api.forms import Form
    from core.testing.database import TestDatabase

__all__ = ["place", "right"]  # fixtures


def correct(
    here: Place,
    record_id: UUID,
    raw: Mapping[str, Any],
    version: int = 0,
    *,
    form: Form | None = None,
    who: Principal | None = None,
) -> bool:
    person = who or here.own
    with here.door.tenant_session(person.tenant_id, reach=person.reach) as session:
        return correcting.correct(
            session,
            form or here.forms[CLASS],
            record_id,
            raw,
            version=version,
            principal=person,
            context=context_for(session, person, TODAY, forms=here.forms),
            now=NOW + timedelta(days=1),
        )


def history(
    here: Place, record_id: UUID, reach: Reach | None = None
) -> list[correcting.Correction]:
    with here.door.tenant_session(3, reach=reach or here.own.reach) as session:
        form = here.forms[CLASS]
        return list(correcting.history(session, form, record_id, "vi", lambda _: {}))


def test_a_correction_takes_the_place_and_leaves_its_history(
    place: Place, right: dict[str, Any]
) -> None:
    record = place.enter(right).record_id
    wanted = right | {"places": "3", "note": "Bếp mới", "learners": [{"age": "9", "result": "no"}]}
    assert correct(place, record, wanted)
    assert not correct(place, record, wanted, version=1)  # nothing changes: nothing is kept
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        row = get_record(session, place.forms[CLASS], record)
        rows = stored_rows(session, place.forms[CLASS], record)["learners"]
        assert (row.places, row.note) == (3, "Bếp mới")
        assert [(one.age, one.result) for one in rows] == [(9, "no")]
    (kept,) = history(place, record)
    assert (kept.number, kept.by) == (1, place.own.account_id)
    assert {(v.label, v.before, v.after) for v in kept.values} == {
        ("Chỗ", "2", "3"),
        ("Lưu ý", "Bếp ở sau nhà", "Bếp mới"),
        ("Danh sách trẻ em (số dòng)", "2", "1"),
    }


def test_the_history_is_sealed_and_hides_what_the_record_hides(
    place: Place, right: dict[str, Any], database: TestDatabase
) -> None:
    record = place.enter(right).record_id
    correct(place, record, right | {"note": "Bếp mới"})
    with database.admin.connect() as connection:
        statement = "SELECT changes FROM core.record_change WHERE record_id = :record"
        (stored,) = connection.execute(text(statement), {"record": record}).one()
    assert "Bếp".encode() not in bytes(stored)
    hides = replace(place.own.reach, hidden=frozenset({"sample_meals.cooking_class.note"}))
    assert [one.values for one in history(place, record, hides)] == [()]
    with pytest.raises(RefusedError):
        correct(place, record, right, 1, who=replace(place.own, reach=hides))


def test_two_corrections_at_once_do_not_overwrite_each_other(
    place: Place, right: dict[str, Any]
) -> None:
    record = place.enter(right).record_id
    correct(place, record, right | {"places": "3"})
    with pytest.raises(correcting.RecordChangedError) as changed:
        correct(place, record, right | {"places": "4"})
    assert changed.value.version == 1
    assert "người khác sửa" in changed.value.message.vi
    assert correct(place, record, right | {"places": "4"}, version=1)


def test_a_correction_is_checked_and_does_not_meet_itself(
    place: Place, right: dict[str, Any]
) -> None:
    record, other = place.enter(right), place.enter(right | {"class_code": "LOP-HAI"})
    with pytest.raises(AnswersRefusedError):
        correct(place, record.record_id, right | {"places": "1"})
    with pytest.raises(AnswersRefusedError):  # another class has this code
        correct(place, record.record_id, right | {"class_code": "LOP-HAI"})
    assert correct(place, other.record_id, right | {"class_code": "LOP-HAI", "places": "5"})


def test_who_may_not_enter_or_reach_corrects_nothing(place: Place, right: dict[str, Any]) -> None:
    form = place.forms[CLASS]
    record = place.enter(right).record_id
    reader = replace(place.own, permissions=frozenset({form.sees}))
    with pytest.raises(RefusedError):
        correct(place, record, right, who=reader)
    away = replace(place.own, reach=Reach(communes=frozenset({place.communes[1]})))
    with pytest.raises(NotFoundError):
        correct(place, record, right, who=away)
    foreign = replace(place.own, tenant_id=2, tenant_slug="tinh_hai")
    with pytest.raises(NotFoundError):
        correct(place, record, right, who=foreign)
    reads_wide = Reach(
        communes=frozenset(place.communes),
        entry_areas=(("sample_meals.cooking_class", frozenset({place.communes[1]})),),
    )
    with pytest.raises(RefusedError):
        correct(place, record, right | {"places": "9"}, who=replace(place.own, reach=reads_wide))
    with pytest.raises(NotFoundError):
        correct(place, record, right, form=replace(form, editable=False))


def test_what_is_fixed_stays(place: Place, right: dict[str, Any]) -> None:
    form = place.forms[CLASS]
    part = form.parts[0]
    fields = tuple(replace(f, fixed=f.name == "class_code") for f in part.fields)
    fixed = replace(form, parts=(replace(part, fields=fields),))
    record = place.enter(right).record_id
    assert correct(place, record, right | {"class_code": "KHAC", "places": "7"}, form=fixed)
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        row = get_record(session, form, record)
        assert (row.class_code, row.places) == (right["class_code"], 7)


def test_a_correction_marks_the_figures_of_both_values(place: Place, right: dict[str, Any]) -> None:
    model = place.forms[CLASS].model
    measure = Measure(
        code="sample_meals.places",
        name=words("Số chỗ"),
        model=model,
        kind="flow",
        date="begins_on",
        sums="places",
    )
    record = place.enter(right).record_id
    place.door = TenantDoor(place.door.engine, [marker([measure])], place.door.vault)
    correct(place, record, right | {"begins_on": "06/03/2018"})
    with place.door.tenant_session(3) as session:
        days = select(FigureStale.day).where(FigureStale.tenant_id == session.tenant_id)
        marked = {str(day) for day in session.scalars(days)}
    assert marked == {"2018-03-05", "2018-03-06"}


def test_a_record_opens_in_the_version_it_was_entered_with(
    place: Place, right: dict[str, Any]
) -> None:
    """Version 2 asks for no rice any more, for a hamlet always, and never says "no"."""
    form = place.forms[CLASS]
    part, roster = form.parts[0], form.rosters[0]
    changed = {
        "rice_kg": {"until": 1},
        "hamlet_id": {"since": 2, "required": True},
    }
    learner = roster.fields[2]
    options = (learner.options[0], Option("no", learner.options[1].label, until=1))
    second = replace(
        form,
        version=2,
        parts=(
            replace(part, fields=tuple(replace(f, **changed.get(f.name, {})) for f in part.fields)),
        ),
        rosters=(replace(roster, fields=(*roster.fields[:2], replace(learner, options=options))),),
    )
    record = place.enter(right).record_id
    assert "rice_kg" not in json_schema(second)["properties"]
    with pytest.raises(AnswersRefusedError) as refused:
        place.enter(right | {"class_code": "LOP-BA"}, second)
    assert [e.field for e in refused.value.errors] == ["hamlet_id", "learners.2.result"]
    assert correct(place, record, right | {"rice_kg": "20"}, form=second)
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        row = get_record(session, second, record)
        shown = {a.name: a.text for p in shown_record(second, row, "vi", {}) for a in p.answers}
        entry = session.scalars(
            select(FormEntry).where(
                FormEntry.tenant_id == session.tenant_id, FormEntry.record_id == record
            )
        ).one()
    assert (shown["rice_kg"], entry.form_version) == ("20,0", 1)


def test_a_draft_is_its_owners_alone_and_ends(
    place: Place, right: dict[str, Any], database: TestDatabase
) -> None:
    form, other = place.forms[CLASS], replace(place.own, account_id=UUID(int=2))
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        typed = right | {"places": "mười", "role": "admin"}
        draft = drafts.keep_draft(session, form, typed, principal=place.own, now=NOW)
    with database.admin.connect() as connection:
        stored = connection.scalar(text("SELECT answers FROM core.form_draft"))
    assert "Bếp".encode() not in bytes(stored)
    with place.door.tenant_session(3, reach=place.own.reach) as session:
        opened = drafts.open_draft(session, form, draft, principal=place.own, now=NOW)
        assert opened == right | {"places": "mười"}
        assert [line.id for line in drafts.drafts_of(session, place.own, NOW)] == [draft]
        assert drafts.drafts_of(session, other, NOW) == ()
        for person, declared, day in (
            (other, form, NOW),
            (place.own, place.forms[ROUND], NOW),
            (place.own, form, NOW + drafts.KEPT_FOR),
        ):
            with pytest.raises(NotFoundError):
                drafts.open_draft(session, declared, draft, principal=person, now=day)
        drafts.drop_draft(session, draft, principal=other)
        assert drafts.drafts_of(session, place.own, NOW) != ()
        later = NOW + drafts.KEPT_FOR + timedelta(days=1)
        drafts.keep_draft(session, form, {}, principal=other, now=later)
    with database.admin.connect() as connection:  # what is over is gone, whoever comes by
        assert connection.scalar(text("SELECT count(*) FROM core.form_draft")) == 1
    no_right = replace(place.own, permissions=frozenset())
    with place.door.tenant_session(3) as session, pytest.raises(RefusedError):
        drafts.keep_draft(session, form, right, principal=no_right, now=NOW)

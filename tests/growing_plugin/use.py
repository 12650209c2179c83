"""Works with the installed version in a process of its own: ``enter`` and ``look``."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.forms.correcting import open_to_correct
from core.forms.service import AnswersRefusedError, context_for, submit
from core.identity.principal import Principal
from core.indicators.count import clear_marks, verify
from core.indicators.door import FigureDoor
from core.kit.ids import new_id
from core.kit.periods import Period
from core.platform import start
from core.registry.enablement import switch_on
from core.settings import Settings
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.platform import Platform
    from core.tenancy.session import TenantSession

DAY = date(2018, 3, 15)
SINCE = datetime(2018, 1, 1, tzinfo=UTC)


def person(session: TenantSession, commune: int) -> Principal:
    """Who may enter and correct talks in one commune."""
    return Principal(
        account_id=UUID(int=1),
        tenant_id=session.tenant_id,
        tenant_slug="tinh_mot",
        display_name="Cán bộ",
        roles=("commune_worker",),
        permissions=frozenset({"growing.talk.enter", "growing.talk.read"}),
        reach=Reach(communes=frozenset({commune})),
    )


def enter(platform: Platform, commune: int, answers: dict[str, str]) -> list[str]:
    """One talk; the fields at fault."""
    forms = platform.registry.catalogue.forms
    with platform.door.tenant_session(1, reach=Reach.counting()) as session:
        switch_on(session, platform.registry, "growing", at=SINCE)
        who = person(session, commune)
        sent = {"held_on": "15/03/2018", "commune_id": str(commune), **answers}
        try:
            submit(
                session,
                forms["growing.talk"],
                sent,
                key=f"key-{new_id().hex}",
                principal=who,
                context=context_for(session, who, DAY, forms=forms),
                now=SINCE,
            )
        except AnswersRefusedError as refused:
            return [one.field for one in refused.errors]
    return []


def look(platform: Platform, commune: int) -> dict[str, Any]:
    """Each record in the version of its form, and the figures against a count from scratch."""
    catalogue = platform.registry.catalogue
    form = catalogue.forms["growing.talk"]
    measures = [catalogue.measures["growing.parents"]]
    with platform.door.tenant_session(1, reach=Reach.counting()) as session:
        clear_marks(session, measures)
        differing = len(verify(session, measures))
        window = Period.parse("2018").window
        figure = FigureDoor(session, catalogue).indicator("GRW-01", window).count
        model: Any = form.model
        statement = select(model).where(model.tenant_id == 1).order_by(model.created_at)
        who, opened = person(session, commune), []
        for row in session.scalars(statement):
            record = open_to_correct(session, form, row.id, who)
            asked = [field.name for field in record.form.fields]
            opened.append({"version": record.form.version, "asked": asked, "parents": row.parents})
    return {"opened": opened, "figure": figure, "differing": differing}


def main() -> None:
    """What the command line asks for, answered as JSON."""
    platform = start(Settings.from_environment(os.environ))
    with platform.door.reference_session() as session:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(DAY)).order_by(Area.id)
        commune = session.scalars(statement.limit(1)).one()
    if sys.argv[1] == "enter":
        answer: Any = enter(platform, commune, json.loads(sys.argv[2]))
    else:
        answer = look(platform, commune)
    print(json.dumps(answer))  # noqa: T201  the answer of a process
    platform.close()


if __name__ == "__main__":
    main()

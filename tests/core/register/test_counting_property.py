"""After any edits, deletions, moves and merges of the register, every cell is as a count gives."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, or_, select

from core.forms.errors import AnswersRefusedError
from core.kit.errors import ConflictError, MalformedError
from core.kit.periods import Window
from core.register.circumstances.models import SpecialCircumstance
from core.register.following.models import StatusChange
from core.register.following.moving import move_child
from core.register.following.service import status_saved
from core.register.matching import merging
from core.register.matching.models import ChildMerge
from core.register.models import Child
from core.tenancy.reach import Reach
from tests.core.register.conftest import NOW, ON, new_child

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.core.register.conftest import Register

ACTIONS = (
    *("child", "child", "circumstance", "support", "move", "merge", "undo"),
    *("born", "sex", "card", "left", "drop", "count"),
)
STEP = st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5), st.integers(0, 500))


def children(session: Any) -> list[Child]:
    chosen = select(Child).where(Child.tenant_id == session.tenant_id).order_by(Child.child_code)
    return list(session.scalars(chosen))


def add(register: Register, session: Any, which: int, number: int) -> None:
    """One more child, in one of two communes."""
    new_child(
        session,
        (register.here, register.there)[which % 2],
        None,
        child_code=f"TE-P{len(children(session)):07}",
        date_of_birth=date(2010, 1, 1) + timedelta(days=number * 5),
        registered_on=date(2017, 1, 1) + timedelta(days=number),
    )


def edit(session: Any, child: Child, action: str, number: int) -> None:
    """One answer of a child changes."""
    if action == "born":
        child.date_of_birth = date(2009, 1, 1) + timedelta(days=number * 5)
    elif action == "sex":
        child.sex = "male" if child.sex == "female" else "female"
    elif action == "card":
        child.health_insurance_card = None if child.health_insurance_card else "BHYT"
    elif child.status != "merged":
        changed = StatusChange(
            child_id=child.id,
            status="moved_out" if child.status == "active" else "active",
            changed_on=date(2018, 1, 1) + timedelta(days=number % 90),
        )
        status_saved(session, changed)


def drop(session: Any) -> None:
    """A row of special circumstances is deleted."""
    group = SpecialCircumstance
    row = session.scalars(select(group).where(group.tenant_id == session.tenant_id)).first()
    if row is not None:
        session.delete(row)


def undo(session: Any) -> None:
    """The first merge that stands is taken back."""
    made = session.scalars(
        select(ChildMerge).where(
            ChildMerge.tenant_id == session.tenant_id, ChildMerge.undone_at.is_(None)
        )
    ).first()
    if made is not None:
        merging.undo(session, made.survivor_id, made.id, by=None, now=NOW)


def move(register: Register, session: Any, child: Child) -> None:
    """A child goes to the other commune."""
    move_child(
        session,
        child.id,
        register.there if child.commune_id == register.here else register.here,
        on=ON,
        reason="family_moves",
        with_household=False,
        communes={register.here: "Đây", register.there: "Kia"},
        by=None,
        now=NOW,
        today=ON,
    )


def step(register: Register, action: str, which: int, number: int) -> None:
    """One thing that happens in the register; what it refuses changes nothing."""
    with register.open(Reach.counting()) as session:
        there = children(session)
        if not there or action == "child":
            add(register, session, which, number)
            return
        child, other = there[which % len(there)], there[(which + 1) % len(there)]
        changes: dict[str, Callable[[], object]] = {
            "merge": lambda: merging.merge(session, child.id, other.id, by=None, now=NOW, today=ON),
            "undo": lambda: undo(session),
            "move": lambda: move(register, session, child),
            "drop": lambda: drop(session),
        }
        edits = dict.fromkeys(
            ("born", "sex", "card", "left"), lambda: edit(session, child, action, number)
        )
        (changes | edits).get(action, lambda: None)()
    day = 1 + number % 28
    if action == "circumstance":
        register.circumstance(child.id, "a", since=f"{day:02}/01/2018")
    elif action == "support":
        register.support(child.id, f"{day:02}/02/2018")
    elif action == "count":
        register.count()


def test_after_any_sequence_the_cells_are_as_counted_from_the_records(register: Register) -> None:
    # inside, because the register is too large to be written out with each example
    @settings(max_examples=4, deadline=None, phases=[Phase.generate])  # shrinking takes too long
    @given(steps=st.lists(STEP, min_size=6, max_size=12), days=st.integers(0, 700))
    def after(steps: Any, days: int) -> None:
        for each in steps:
            with suppress(ConflictError, MalformedError, AnswersRefusedError):
                step(register, *each)
        register.count()  # finds no difference
        agrees(register, date(2017, 6, 1) + timedelta(days=days))

    after()


def agrees(register: Register, day: date) -> None:
    """The stock of a day by cells, by its parts and by a direct count is the same."""
    with register.open(Reach.counting()) as session:
        door = register.figures(session)
        figure = door.measure("core.children_under_16", Window(day, day))
        direct = session.scalar(
            select(func.count(Child.id)).where(
                Child.tenant_id == session.tenant_id,
                Child.status.not_in(("merged", "duplicate")),
                Child.registered_on <= day,
                or_(Child.child_until.is_(None), Child.child_until > day),
            )
        )
        parts = door.by("core.children_under_16", "sex", Window(day, day))
    assert figure.count == direct == sum(part.count for part in parts.values())

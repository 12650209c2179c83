"""The ministry's crossing of the provinces, written down before anything is read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.aggregate.board import Board, board
from core.aggregate.national import NationalTable, due_codes, national
from core.aggregate.scope import MinistrySession, ministry_scope
from core.aggregate.targets import NationalTarget, national_targets
from core.audit.service import Action, record
from core.profiles.repository import profile_on, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.kit.periods import Period
    from core.web.work import Work

READ = "core.national.read"


@contextmanager
def crossing(work: Work, reason: str) -> Iterator[MinistrySession]:
    """Cross the provinces over the ministry's own login; written down before anything is read."""
    record(work.session, work.principal, Action.READ, subject_kind="core.national")
    with ministry_scope(work.platform.ministry_engine, reason) as session:
        yield session


def read_national(work: Work, period: Period, codes: Iterable[str] | None = None) -> NationalTable:
    """National figures of a period: of every indicator that is due in it, or of these."""
    if codes is None:
        codes = due_codes(work.platform.registry.catalogue, period)
    with crossing(work, f"national figures of {period.code}") as session:
        return national(session, period, codes)


def read_board(work: Work, year: int) -> Board:
    """How each province's reports on a year stand today."""
    with crossing(work, f"the board of {year}") as session:
        return board(session, year, today=work.today)


def read_targets(work: Work) -> tuple[NationalTarget, ...]:
    """The targets of the reader's own tenant, the latest year first, held against the figures."""
    profile = profile_on(work.session, work.today)
    if profile is None:
        return ()
    found = sorted(
        (row for row in targets(work.session, profile.id) if row.scope == "national"),
        key=lambda row: (-row.year, row.code),
    )
    with crossing(work, "the targets of the ministry") as session:
        return national_targets(session, found, work.platform.registry.catalogue.indicators)

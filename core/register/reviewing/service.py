"""The yearly review: verified, confirmed, locked; what is locked never changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from core.kit.errors import ConflictError, MalformedError
from core.kit.language import Text
from core.kit.periods import age_at
from core.register.reviewing import repository
from core.register.reviewing.models import ReviewCount, YearlyReview
from core.register.service import ADULT_AGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

Step = Literal["verify", "confirm", "lock"]
_NEXT: dict[str, Step] = {"open": "verify", "verified": "confirm", "confirmed": "lock"}
_FIRST_YEAR = 2000

_NOT_NOW = Text(
    vi="Bước này không còn phù hợp: hãy tải lại trang để xem tình trạng mới nhất.",
    en="This step no longer fits: load the page again for the present state.",
)
_NO_SUCH_YEAR = Text(
    vi="Chỉ rà soát năm đang diễn ra hoặc năm đã qua.",
    en="Only this year or a past one is reviewed.",
)


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where the review of one commune stands; counts are there once it is locked."""

    commune_id: int
    state: Literal["open", "verified", "confirmed", "locked"]
    under_16: int | None = None
    persons: int | None = None

    @property
    def next_step(self) -> Step | None:
        """What is to be done next."""
        return _NEXT.get(self.state)


def states(session: TenantSession, year: int) -> Mapping[int, ReviewState]:
    """The reviews of a year that were begun, by commune."""
    counts = repository.counts_of(session, year)
    return {
        review.commune_id: ReviewState(
            review.commune_id, _state(review), *counts.get(review.commune_id, ())
        )
        for review in repository.reviews_of(session, year)
    }


def take(
    session: TenantSession,
    commune_id: int,
    year: int,
    step: Step,
    *,
    by: UUID | None,
    now: datetime,
    today: date,
) -> YearlyReview:
    """Take the next step of a commune's review; the caller has checked the right to it.

    Raises:
        MalformedError: the year has not come.
        ConflictError: it is not this step's turn.
    """
    if not _FIRST_YEAR <= year <= today.year:
        raise MalformedError(_NO_SUCH_YEAR)
    review = repository.review_of(session, commune_id, year)
    if _NEXT.get("open" if review is None else _state(review)) != step:
        raise ConflictError(_NOT_NOW)
    if review is None:
        review = YearlyReview(commune_id=commune_id, year=year, verified_at=now, verified_by=by)
        session.add(review)
    elif step == "confirm":
        review.confirmed_at, review.confirmed_by = now, by
    else:
        review.locked_at, review.locked_by = now, by
        session.add_all(_counts(session, review))
    session.flush()
    return review


def _state(review: YearlyReview) -> Literal["verified", "confirmed", "locked"]:
    if review.locked_at is not None:
        return "locked"
    return "confirmed" if review.confirmed_at is not None else "verified"


def _counts(session: TenantSession, review: YearlyReview) -> list[ReviewCount]:
    """The children of the register on the last day of the year, by sex and whole years."""
    day = date(review.year, 12, 31)
    found: Counter[tuple[str, int]] = Counter()
    for sex, born, number in repository.births_on(session, review.commune_id, day):
        age = age_at(born, day)
        if age < ADULT_AGE:
            found[sex, age] += number
    return [
        ReviewCount(
            commune_id=review.commune_id, review_id=review.id, sex=sex, age=age, children=number
        )
        for (sex, age), number in sorted(found.items())
    ]

"""Slows guessing down: attempts are counted before they are tried, in all processes together.

An attempt first takes its place in the database, in a short transaction of its own, and only then
is the password or code looked at. So however many connections guess at once, exactly the number
that a limit says gets through; afterwards one more after each wait, and the waits grow. No wait
is longer than the limit says, and nothing that is refused makes it longer.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from core.identity.models import AttemptCount
from core.kit.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.tenancy.session import TenantSession

FORGOTTEN_AFTER = timedelta(days=1)
_SWEPT_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many attempts there are at once, and how long the wait for one more becomes.

    ``shared`` counts for many people together: a success gives back its own attempt and no more.
    """

    kind: str
    attempts: int
    first_wait: timedelta
    longest_wait: timedelta
    shared: bool = False

    def wait_after(self, taken: int) -> timedelta:
        """The wait once so many attempts were let through; it doubles each time."""
        beyond = taken - self.attempts
        if beyond < 0:
            return timedelta(0)
        return min(self.longest_wait, self.first_wait * (1 << min(beyond, 16)))


_MINUTE, _QUARTER = timedelta(minutes=1), timedelta(minutes=15)
# For one account, from browsers that never signed in to it. Whoever keeps guessing here keeps
# others from guessing, and its owner only in a browser that is new to the account.
PASSWORD = Limit(kind="password", attempts=10, first_wait=_MINUTE, longest_wait=_QUARTER)
# For one account in one browser that has signed in to it before.
KNOWN_BROWSER = Limit(kind="browser", attempts=10, first_wait=_MINUTE, longest_wait=_QUARTER)
# For one account; codes and recovery codes together. Only who knows the password comes here.
FACTOR = Limit(kind="factor", attempts=5, first_wait=_MINUTE, longest_wait=_QUARTER)
# Failures of one program; its right secret is never kept waiting.
PROGRAM = Limit(kind="program", attempts=10, first_wait=_MINUTE, longest_wait=_QUARTER)
# For one address; a whole office may stand behind it.
ADDRESS = Limit(
    kind="address",
    attempts=100,
    first_wait=timedelta(seconds=10),
    longest_wait=timedelta(minutes=5),
    shared=True,
)


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that is counted under a limit."""

    limit: Limit
    subject: str


def counter(limit: Limit, secret: str, *what: object) -> Counter:
    """The counter of an account, a name or an address; what it is cannot be read from it."""
    message = " ".join(("attempts", limit.kind, *map(str, what)))
    digest = hmac.new(secret.encode(), message.encode(), hashlib.sha256)
    return Counter(limit, digest.hexdigest())


def admit(session: TenantSession, counters: Iterable[Counter], *, now: datetime) -> bool:
    """Take one attempt of each counter; false as soon as one has none left.

    Call it in a transaction of its own and commit before trying: the counters stay locked until
    then. Always name them in the same order, the address first.
    """
    return all(_admit(session, each, now) for each in counters)


def succeeded(session: TenantSession, counters: Iterable[Counter], *, now: datetime) -> None:
    """It went well: forget an account's attempts, give back the one of a shared counter."""
    for each in counters:
        same = (
            AttemptCount.tenant_id == session.tenant_id,
            AttemptCount.subject == each.subject,
        )
        if not each.limit.shared:
            session.execute(delete(AttemptCount).where(*same))
            continue
        session.execute(
            update(AttemptCount)
            .where(*same, AttemptCount.taken.between(1, each.limit.attempts))
            .values(taken=AttemptCount.taken - 1, next_at=now)
        )


def sweep(session: TenantSession, *, now: datetime) -> None:
    """Delete some of the counters that nothing was counted on for a day."""
    old = (
        select(AttemptCount.id)
        .where(
            AttemptCount.tenant_id == session.tenant_id,
            AttemptCount.last_at <= now - FORGOTTEN_AFTER,
        )
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)  # never wait for those who count
    )
    session.execute(
        delete(AttemptCount).where(
            AttemptCount.tenant_id == session.tenant_id, AttemptCount.id.in_(old)
        )
    )


def _admit(session: TenantSession, counted: Counter, now: datetime) -> bool:
    fresh = insert(AttemptCount).values(
        tenant_id=session.tenant_id,
        id=new_id(),
        subject=counted.subject,
        taken=0,
        last_at=now,
        next_at=now,
    )
    # an update that changes nothing locks the row that is there, until the transaction ends
    row = session.scalars(
        fresh.on_conflict_do_update(
            index_elements=[AttemptCount.tenant_id, AttemptCount.subject],
            set_={"subject": fresh.excluded.subject},
        ).returning(AttemptCount),
        execution_options={"populate_existing": True},
    ).one()
    if row.next_at > now:
        return False
    forgotten = row.last_at <= now - FORGOTTEN_AFTER
    row.taken = 1 if forgotten else row.taken + 1
    row.last_at = now
    row.next_at = now + counted.limit.wait_after(row.taken)
    session.flush()
    return True

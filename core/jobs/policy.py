"""How often workers look, how soon a dead one is noticed, how often a job is tried."""

from __future__ import annotations

from dataclasses import dataclass

# Three missed heartbeats before a worker counts as dead: one may be late under load.
_HEARTBEATS_BEFORE_DEATH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePolicy:
    """Times in seconds; the defaults are those of production.

    ``dead_after`` is the age of a heartbeat at which another worker takes over the jobs.
    ``drain`` bounds how long a stopping worker may finish its job.

    Raises:
        ValueError: a worker would count as dead though it lives.
    """

    heartbeat: float = 2.0
    dead_after: float = 8.0
    upkeep: float = 3.0
    poll: float = 0.5
    max_attempts: int = 5
    first_backoff: float = 2.0
    longest_backoff: float = 300.0
    time_limit: float = 300.0
    drain: float = 25.0

    def __post_init__(self) -> None:
        """Refuse times that contradict each other."""
        if self.dead_after < self.heartbeat * _HEARTBEATS_BEFORE_DEATH:
            raise ValueError("a worker must miss three heartbeats before it counts as dead")
        if self.max_attempts < 1:
            raise ValueError("a job is tried at least once")

    @property
    def back_within(self) -> float:
        """The longest time until the job of a killed worker is taken up by a living one."""
        # the queue spreads its upkeep over 0.5 to 1.5 times the given interval
        return self.dead_after + 1.5 * self.upkeep + self.poll

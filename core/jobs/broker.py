"""The queue as the workers see it: Dramatiq over PostgreSQL, with times and retries of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from dramatiq.actor import Actor
from dramatiq.errors import BrokerConnectionError, Retry
from dramatiq.middleware import CurrentMessage, Middleware, TimeLimit
from dramatiq_postgres.broker import (  # type: ignore[import-untyped]  # ships no types
    PostgresBroker,
    PostgresConsumer,
)
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from core.jobs.kinds import JobKind, index_kinds
from core.jobs.models import QUEUE_NAME, QUEUE_SCHEMA
from core.jobs.policy import QueuePolicy
from core.jobs.repository import HAND_BACK
from core.jobs.runner import JobRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dramatiq.broker import Broker, MessageProxy
    from sqlalchemy import URL

    from core.tenancy.door import TenantDoor

_BACK_IN = "back_in_ms"
# For what did not even reach the runner, such as an interrupt in between.
_DEFAULT_BACK_IN_MS = 5000


class JobBroker(PostgresBroker):  # type: ignore[misc]  # the package ships no types
    """The package's broker, without a queue for delayed jobs and without losing failed ones."""

    def declare_queue(self, queue_name: str) -> None:
        """Know a queue; a delayed job waits in it, so that there is no second one to poll."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues[queue_name] = True
            self.emit_after("declare_queue", queue_name)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 30000) -> JobConsumer:
        """The messages of a queue."""
        return JobConsumer(broker=self, queue_name=queue_name, prefetch=prefetch, timeout=timeout)

    def close(self) -> None:
        """Close the pool, which we opened."""
        super().close()
        self.pool.close()


class JobConsumer(PostgresConsumer):  # type: ignore[misc]  # the package ships no types
    """Gives a failed job back to the queue, to be tried later, in one statement."""

    def nack(self, message: MessageProxy) -> None:
        """Hand a failed job back; one of an unknown kind is rejected and kept to be seen."""
        if message.actor_name not in self.broker.actors:
            super().nack(message)
            return
        seconds = message.options.get(_BACK_IN, _DEFAULT_BACK_IN_MS) / 1000
        try:
            with self.pool.connection() as connection:
                connection.execute(HAND_BACK, (seconds, message.message_id, self.broker.worker_id))
        except OperationalError as error:
            name = type(error).__name__
            raise BrokerConnectionError(name) from None  # type: ignore[no-untyped-call]  # theirs
        self.in_processing.discard(message.message_id)
        self.wakeup.set()


class HandBack(Middleware):
    """Marks a job that did not end well, so that it is never acknowledged."""

    def after_process_message(
        self,
        _broker: Broker,
        message: MessageProxy,
        *,
        result: Any = None,  # noqa: ARG002  Dramatiq passes it by name
        exception: BaseException | None = None,
    ) -> None:
        """Note when the job is to come back."""
        if exception is None:
            return
        delay = exception.delay if isinstance(exception, Retry) else None
        message.options[_BACK_IN] = _DEFAULT_BACK_IN_MS if delay is None else delay
        message.fail()


def build_broker(
    url: URL, kinds: Iterable[JobKind], door: TenantDoor, *, policy: QueuePolicy | None = None
) -> JobBroker:
    """The queue with an actor for each kind of job; opens its pool, connects when first used.

    ``url`` is the runtime login's address. Called by the composition root of a worker; a
    process that only enqueues needs ``JobQueue`` alone.

    Raises:
        JobError: two kinds share a name.
    """
    policy = policy or QueuePolicy()
    indexed = index_kinds(kinds)
    broker = JobBroker(
        pool=_pool(url),
        schema=QUEUE_SCHEMA,
        results=False,
        listen=False,
        notify=False,
        poll_interval=policy.poll,
        heartbeat_interval=policy.heartbeat,
        heartbeat_ttl=policy.dead_after,
        maintenance_interval=policy.upkeep,
        middleware=[
            HandBack(),
            TimeLimit(time_limit=policy.time_limit * 1000, interval=500),
            CurrentMessage(),
        ],
    )
    runner = JobRunner(door, policy)
    for kind in indexed.values():
        Actor(
            _actor(kind, runner),
            broker=broker,
            actor_name=kind.name,
            queue_name=QUEUE_NAME,
            priority=0,
            options={},
        )
    return broker


def _actor(kind: JobKind, runner: JobRunner) -> Callable[..., None]:
    def perform(tenant_id: int, *identifiers: str) -> None:
        message = CurrentMessage.get_current_message()
        assert message is not None, "an actor runs inside a worker only"
        runner.perform(kind, UUID(message.message_id), tenant_id, identifiers)

    return perform


def _pool(url: URL) -> ConnectionPool[Any]:
    return ConnectionPool(
        url.set(drivername="postgresql").render_as_string(hide_password=False),
        kwargs={
            "application_name": "annhi-queue",
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
        },
        min_size=0,
        max_size=4,
        timeout=10,
        open=True,
        check=ConnectionPool.check_connection,
    )

"""Calls of a plugin's code while people wait: bounded, watched, and left out when they fail.

Whoever calls a plugin's function does it through ``call_plugin``. What it raises, or does for too
long, takes it out of service for that one call; after several such calls its calls of that kind
are left out for a while, in every process. Core's own declarations are called as they are.
"""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import structlog
from psycopg.errors import QueryCanceled
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.kit.errors import MalformedError, NotFoundError, PlatformError, RefusedError
from core.kit.language import Text
from core.registry.catalogue import CORE
from core.registry.health import Failed, paused_until, write_down
from core.registry.models import Call, Outcome
from core.settings import PluginLimits
from core.tenancy.leaving import StartOverError
from core.tenancy.session import TenantSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import ORMExecuteState

P = ParamSpec("P")
T = TypeVar("T")

# Where the composition root puts the policy in what each session carries.
POLICY = "plugins.policy"
_PAUSED = "plugins.paused"
_DEADLINE = "plugins.deadline"
_AT_WORK = frozenset({Call.EVENT, Call.JOB, Call.ALERT})
# What core itself says to whoever asks passes by: it is no fault of the plugin.
_CORES_OWN: Mapping[Call, tuple[type[Exception], ...]] = {
    Call.ROUTE: (NotFoundError, MalformedError, RefusedError),
}


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """The limits of the installation, and what its programmes are called, by key."""

    limits: PluginLimits = field(default_factory=PluginLimits)
    names: Mapping[str, Text] = field(default_factory=dict, repr=False)

    def seconds(self, call: Call) -> float:
        """How long a call of this kind may take."""
        return self.limits.job_seconds if call in _AT_WORK else self.limits.seconds

    def name(self, plugin: str) -> Text:
        """What people call the programme."""
        return self.names.get(plugin) or Text(vi=plugin, en=plugin)


class PluginOutOfServiceError(PlatformError):
    """A plugin's part is left out of this call; everything else goes on."""

    code = "plugins.out_of_service"
    status = 503

    def __init__(self, plugin: str, name: Text, *, until: datetime | None = None) -> None:
        """``until`` is given while the plugin is not called at all."""
        super().__init__(OUT_OF_SERVICE.fill(name_vi=name.vi, name_en=name.en))
        self.plugin = plugin
        self.name = name
        self.until = until


class PluginTooSlowError(PlatformError):
    """A plugin's call asked the database for more after its time was over."""

    code = "plugins.too_slow"


def policy_of(session: TenantSession) -> CallPolicy:
    """The policy of the installation."""
    return cast("CallPolicy", session.carried.get(POLICY) or CallPolicy())


def call_plugin(
    session: TenantSession,
    call: Call,
    declaration: str,
    function: Callable[P, T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """Call what the plugin of a declaration gave; its code begins with the plugin's key.

    What the call did in the session is taken back when it fails.

    Raises:
        PluginOutOfServiceError: it failed, was ended, or its plugin is out of service for a while.
    """
    watch = _watch(session, call, declaration)
    if watch is None:
        return function(*arguments, **named)
    session.flush()  # what waits here is core's, and core's would be its fault
    with watch.over(), watch.bounded():
        result = function(*arguments, **named)
    watch.tell_if_slow()
    return result


def call_pure(
    session: TenantSession,
    call: Call,
    declaration: str,
    function: Callable[P, T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """The same for a function that is given values alone and has no way to the database.

    Raises:
        PluginOutOfServiceError: as ``call_plugin``.
    """
    watch = _watch(session, call, declaration)
    if watch is None:
        return function(*arguments, **named)
    with watch.over():
        result = function(*arguments, **named)
    watch.tell_if_slow()
    return result


def _watch(session: TenantSession, call: Call, declaration: str) -> _Watch | None:
    """A watch over one call, unless it is core's own.

    Raises:
        PluginOutOfServiceError: the plugin is out of service for such calls.
    """
    plugin = declaration.partition(".")[0]
    if plugin == CORE:
        return None
    policy = policy_of(session)
    until = _paused(session, policy).get((plugin, call.value))
    if until is not None:
        raise PluginOutOfServiceError(plugin, policy.name(plugin), until=until)
    return _Watch(session, call, declaration, plugin, policy)


def _paused(session: TenantSession, policy: CallPolicy) -> Mapping[tuple[str, str], datetime]:
    """What is out of service, asked once in a transaction."""
    transaction = session.get_transaction()
    known = session.info.get(_PAUSED)
    if known is None or known[0] is not transaction:
        known = transaction, paused_until(session, policy.limits)
        session.info[_PAUSED] = known
    return cast("Mapping[tuple[str, str], datetime]", known[1])


@dataclass(slots=True)
class _Watch:
    """One call: how long it took, and what was wrong with it."""

    session: TenantSession
    call: Call
    declaration: str
    plugin: str
    policy: CallPolicy
    began: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        """How long it may take."""
        return self.policy.seconds(self.call)

    @contextmanager
    def over(self) -> Iterator[None]:
        """What the plugin raises takes it out of service for this call, and is written down."""
        try:
            yield
        except Exception as error:
            if self._is_others(error):
                raise
            self._tell_failed(error)
            # without the cause: its message may hold an answer, and a log prints what is chained
            raise PluginOutOfServiceError(self.plugin, self.policy.name(self.plugin)) from None

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """A savepoint in which the database ends long statements, and none begins too late."""
        session, before = self.session, self.session.statement_seconds
        shortest = self.seconds if before is None else min(self.seconds, before)
        with session.begin_nested():
            session.limit_statements(shortest)
            session.info[_DEADLINE] = self.began + self.seconds
            try:
                yield
            except BaseException:
                session.forget_limit(before)  # the savepoint takes back what the database knows
                raise
            finally:
                del session.info[_DEADLINE]
            session.limit_statements(before)

    def _is_others(self, error: Exception) -> bool:
        """Whether it is core's answer to the asker, or the database's own trouble."""
        if isinstance(error, _CORES_OWN.get(self.call, (RefusedError,))):
            return True
        if isinstance(error, PoolTimeout | StartOverError):
            return True
        return isinstance(error, OperationalError) and not isinstance(error.orig, QueryCanceled)

    def _tell_failed(self, error: Exception) -> None:
        """Write the failure down."""
        ended = isinstance(error, PluginTooSlowError) or isinstance(
            getattr(error, "orig", None), QueryCanceled
        )
        self._tell(Outcome.SLOW if ended else Outcome.RAISED, class_of(error), self._place(error))

    def tell_if_slow(self) -> None:
        """Write down a call that came back too late; what it gave is used all the same."""
        if monotonic() - self.began > self.seconds:
            self._tell(Outcome.SLOW, None, None)

    def _tell(self, outcome: Outcome, error: str | None, place: str | None) -> None:
        failed = Failed(
            plugin=self.plugin,
            call=self.call,
            declaration=self.declaration,
            outcome=outcome,
            error=error,
            place=place,
            milliseconds=int((monotonic() - self.began) * 1000),
        )
        structlog.get_logger().error(
            "a plugin's call failed",
            plugin=self.plugin,
            call=self.call.value,
            declaration=self.declaration,
            outcome=outcome.value,
            error=error,
            where=place,
        )
        write_down(self.session, failed)

    def _place(self, error: Exception) -> str | None:
        """The innermost line of the plugin's own code, else of any."""
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if self.plugin in PurePath(frame.filename).parts]
        for frame in reversed(own or frames):
            return f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno}"
        return None


def class_of(error: BaseException) -> str:
    """The class of an error, or of the driver's error that it wraps."""
    inner = getattr(error, "orig", None)
    kind = type(inner if isinstance(inner, BaseException) else error)
    return f"{kind.__module__}.{kind.__qualname__}"


@event.listens_for(TenantSession, "do_orm_execute")
def _in_time(state: ORMExecuteState) -> None:
    """Python cannot be stopped from outside, but a late call gets nothing more from us."""
    deadline: Any = state.session.info.get(_DEADLINE)
    if deadline is not None and monotonic() > deadline:
        raise PluginTooSlowError("The time of this call is over.")


OUT_OF_SERVICE = Text(
    vi="Phần của chương trình «{name_vi}» tạm thời không dùng được. Các phần khác vẫn hoạt động "
    "bình thường; người vận hành hệ thống đã được báo.",
    en="The part of “{name_en}” is out of service for the moment. Everything else goes on; the "
    "operator has been told.",
)

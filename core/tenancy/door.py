"""The one way in: sessions are opened here, by the composition root and the web's edge."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import QueuePool

from core.tenancy.reach import Reach
from core.tenancy.reference import ReferenceSession
from core.tenancy.session import NOTHING_CARRIED, TenantSession

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Engine

    from core.tenancy.session import FlushListener
    from core.vault.sealing import Vault


class TenantDoor:
    """Opens sessions; made once by the composition root for one engine.

    ``listeners`` are called before each flush, for work that belongs in the same transaction
    (marking figures stale); they are given by the composition root so that this layer knows
    nothing of them. ``vault`` seals and opens sealed columns; without it they cannot be used.
    ``carried`` is put into the ``info`` of each session for layers above.
    """

    def __init__(
        self,
        engine: Engine,
        listeners: Sequence[FlushListener] = (),
        vault: Vault | None = None,
        carried: Mapping[str, Any] = NOTHING_CARRIED,
    ) -> None:
        """Keep the engine; no connection is made."""
        self._engine = engine
        self._listeners = tuple(listeners)
        self._vault = vault
        self._carried = carried

    @property
    def engine(self) -> Engine:
        """The runtime engine, for health checks and pool metrics."""
        return self._engine

    @property
    def listeners(self) -> tuple[FlushListener, ...]:
        """What is called before each flush."""
        return self._listeners

    @property
    def vault(self) -> Vault | None:
        """What seals and opens sealed columns."""
        return self._vault

    @property
    def connections(self) -> int:
        """How many sessions can be at work at once."""
        pool = self._engine.pool
        return pool.size() if isinstance(pool, QueuePool) else 1

    def open(
        self,
        tenant_id: int,
        *,
        reach: Reach | None = None,
        read_only: bool = False,
        starts_over: bool = False,
    ) -> TenantSession:
        """A session to be committed or closed by the caller: for the web's edge alone.

        Without a reach it sees nothing that lies in a commune until ``bound_by`` is called. Whoever
        ``starts_over`` does the whole work again on a ``StartOverError``.
        """
        return TenantSession(
            self._engine,
            tenant_id=tenant_id,
            reach=reach,
            read_only=read_only,
            listeners=self._listeners,
            vault=self._vault,
            carried=self._carried,
            starts_over=starts_over,
        )

    @contextmanager
    def tenant_session(
        self, tenant_id: int, *, reach: Reach | None = None, read_only: bool = False
    ) -> Iterator[TenantSession]:
        """One transaction: committed at the end, rolled back on any error.

        Without a reach it reaches the whole tenant, confidential rows excepted.
        """
        bounds = reach or Reach.whole_tenant()
        session = self.open(tenant_id, reach=bounds, read_only=read_only)
        with session, session.begin():
            yield session

    @contextmanager
    def reference_session(self) -> Iterator[ReferenceSession]:
        """Read tables that belong to no tenant; a tenant-owned one is refused."""
        with (
            ReferenceSession(self._engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

"""A second session inside the transaction of the first, with another reach.

For rows that core stores on a reader's behalf where the reader reaches none: the copy of a
partner's service among the province's supports. What it finds never leaves for the reader.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.tenancy.session import TenantSession
from core.vault.columns import VAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.reach import Reach


@contextmanager
def beside(session: TenantSession, reach: Reach) -> Iterator[TenantSession]:
    """The same tenant, connection and transaction; what is stored stands or falls with the first.

    On an error what was stored in it alone is taken back, to a savepoint.
    """
    session.flush()
    other = TenantSession(
        session.connection(),
        tenant_id=session.tenant_id,
        reach=reach,
        read_only=session.read_only,
        listeners=session.listeners,
        vault=session.info[VAULT],
        carried=session.carried,
        joins="create_savepoint",
    )
    with other, other.begin():
        yield other

"""``annhi bench access``: what one decision on access costs a list and a case page."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from core.app import create_app
from core.areas.repository import communes_of, find_province
from core.audit.models import AuditEntry
from core.bench.many_children import store_children
from core.bench.measure import Ratio, alternate, ratio_of, timed
from core.bench.readers import reach_as
from core.bench.request_part import BenchError, requests_to
from core.bench.scratch import bare, scratch_settings
from core.db.logins import Login
from core.forms import service as forms
from core.identity.principal import Principal
from core.identity.service import GivenRole, create_account, open_sign_in
from core.platform import start
from core.plugin_api.values import DemoChild, DemoWorld
from core.register.service import PAGE, list_children
from core.registry.catalogue import CORE
from core.registry.enablement import switch_on
from core.tenancy.door import TenantDoor
from core.tenancy.models import Confidential
from core.tenancy.reach import Reach
from core.tenancy.session import TenantSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from litestar import Litestar

    from core.db.logins import DatabaseAddresses
    from core.platform import Platform
    from core.plugin_api.forms import Form
    from core.settings import Settings

Size = Literal["small", "full"]
TENANT = 1
PROVINCE = "89"
ON = date(2018, 7, 1)
LIST_GOAL = 1.2
PAGE_GOAL = 1.5
_ROWS = {"small": 20_000, "full": 1_000_000}
_ROUNDS = {"small": 4, "full": 60}
_CALLS = 5


class UncheckedSession(TenantSession):
    """The floor: a session without a reader's bounds and without a row in the audit log."""

    def bound_by(self, reach: Reach) -> None:
        """Take no bounds."""
        del reach
        super().bound_by(Reach.counting())

    def put(self, model: Any, rows: Any, **alike: Any) -> None:
        """Leave out what only the log keeps."""
        if model is not AuditEntry:
            super().put(model, rows, **alike)


class UncheckedDoor(TenantDoor):
    """Opens such sessions for requests."""

    def open(
        self,
        tenant_id: int,
        *,
        reach: Reach | None = None,
        read_only: bool = False,
        starts_over: bool = False,
    ) -> TenantSession:
        """As the door does."""
        return UncheckedSession(
            self.engine,
            tenant_id=tenant_id,
            reach=reach,
            read_only=read_only,
            listeners=self.listeners,
            vault=self.vault,
            starts_over=starts_over,
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """Where a confidential record is, and the sign-in of the commune's worker who has it."""

    path: str
    token: str


def run_access(
    settings: Settings, size: Size = "full", *, say: Callable[[str], None] = lambda _line: None
) -> tuple[Ratio, ...]:
    """Both measurements, in a database of its own that is dropped afterwards.

    Raises:
        ConfigurationError: the server is unreachable, or another bench runs on it.
    """
    with scratch_settings(settings) as (scratch, addresses), _platform(scratch) as platform:
        _make_tenant(addresses)
        communes = _communes(platform)
        say(f"Storing {_ROWS[size]:,} generated children in {len(communes)} communes …")
        store_children(addresses, TENANT, communes, _ROWS[size])
        say("A list of 50 for a commune's worker and for a province's officer …")
        ratios = [_list_ratio(platform, communes[0], rounds=_ROUNDS[size])]
        say("A case page with the checks and the audit row, and without …")
        case = _case(platform, communes[0])
        ratios.append(_page_ratio(platform, case, rounds=_ROUNDS[size]))
    return tuple(ratios)


@contextmanager
def _platform(settings: Settings) -> Iterator[Platform]:
    platform = start(settings)
    try:
        yield platform
    finally:
        platform.close()


def _make_tenant(addresses: DatabaseAddresses) -> None:
    with bare(addresses, Login.MIGRATOR) as owner:
        owner.execute(
            "INSERT INTO core.tenant (id, slug, kind, name_vi, name_en) "
            "VALUES (%s, 'bench', 'province', 'Tỉnh đo tốc độ', 'Bench')",
            (TENANT,),
        )
        owner.commit()


def _communes(platform: Platform) -> list[int]:
    with platform.door.reference_session() as session:
        province = find_province(session, PROVINCE, ON)
        if province is None:
            raise BenchError(f"There is no province {PROVINCE} in the list of units.")
        return [area.id for area in communes_of(session, province.id, ON)]


def _list_ratio(platform: Platform, commune: int, *, rounds: int) -> Ratio:
    """Reading and building the list, each in a transaction with its tenant and bounds."""
    worker = reach_as(platform.registry, "commune_worker", frozenset({commune}))
    officer = reach_as(platform.registry, "province_officer", None)

    def asking(bounds: Reach) -> Callable[[], object]:
        def ask() -> object:
            with platform.door.tenant_session(TENANT, reach=bounds, read_only=True) as session:
                found = list_children(session)
            if len(found) != PAGE:
                raise BenchError(f"A list of {PAGE} had {len(found)} lines.")
            return found

        return ask

    taken = list(
        alternate(timed(asking(officer)), timed(asking(worker)), rounds=rounds, calls=_CALLS)
    )
    return ratio_of("list_of_a_commune", taken, goal=LIST_GOAL)


def _page_ratio(platform: Platform, case: _Case, *, rounds: int) -> Ratio:
    """The whole request for a case page, with its bounds and its row in the audit log."""
    door = platform.door
    unchecked = UncheckedDoor(door.engine, door.listeners, door.vault)
    floor, ours = create_app(replace(platform, door=unchecked)), create_app(platform)
    with asyncio.Runner() as runner:

        def asking(app: Litestar) -> Callable[[int], list[float]]:
            return lambda calls: runner.run(requests_to(app, case.path, case.token, calls))

        taken = list(alternate(asking(floor), asking(ours), rounds=rounds, calls=_CALLS))
    return ratio_of("case_page", taken, goal=PAGE_GOAL)


def _case(platform: Platform, commune: int) -> _Case:
    """A confidential record given to the commune's worker, who is signed in."""
    now = datetime.now(UTC)
    form = _confidential_form(platform)
    owner = platform.registry.catalogue.owner_of[form.code]
    with platform.door.tenant_session(TENANT) as session:
        account = create_account(
            session,
            login="bench",
            display_name="Đo tốc độ",
            password=token_urlsafe(16),
            roles=(GivenRole("commune_worker", commune),),
            now=now,
            generated=True,
        )
        switch_on(session, platform.registry, owner, at=now - timedelta(minutes=1))
        token = open_sign_in(session, account, now=now, second_factor=True)
        record_id = _some_record(platform, session, form, commune, now)
    address = form.code.replace(".", "/").replace("_", "-")
    return _Case(f"/records/{address}/{record_id}", token)


def _confidential_form(platform: Platform) -> Form:
    catalogue = platform.registry.catalogue
    cases = (
        form
        for form in catalogue.forms.values()
        if issubclass(form.model, Confidential) and form.model.granted_by == "id"
    )
    found = next((form for form in cases if catalogue.owner_of[form.code] != CORE), None)
    if found is None:
        raise BenchError("No installed programme has a confidential form to measure.")
    return found


def _some_record(
    platform: Platform, session: TenantSession, form: Form, commune: int, now: datetime
) -> UUID:
    """A generated record of the form in the commune, stored as a person's answers are."""
    owner = platform.registry.catalogue.owner_of[form.code]
    world = DemoWorld(
        tenant_slug="bench",
        year=ON.year,
        random=Random(1),  # noqa: S311  not a secret
        communes=(commune,),
        children=(DemoChild(UUID(int=1), "female", date(2010, 1, 1), commune),),
    )
    generated = platform.registry.enabled([owner]).demo_records(world)
    one = next(item for item in generated if item.form_code == form.code)
    enterer = Principal(
        account_id=None,
        tenant_id=TENANT,
        tenant_slug="bench",
        display_name="bench",
        roles=(),
        permissions=frozenset({form.enters}),
        reach=Reach(communes=None),
    )
    bounds = forms.context_for(session, enterer, ON)
    context = replace(bounds, today=one.on, communes={commune: "bench"})
    stored = forms.submit(
        session,
        form,
        one.answers,
        key="one record of the bench",
        principal=enterer,
        context=context,
        now=now - timedelta(minutes=1),
        generated=True,
    )
    return stored.record_id

"""Fills a fresh installation with generated records, through the same doors that people use."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import String, cast, func, select, update

from core.alerts.raising import look_around
from core.demo.accounts import DemoLogin, logins_of, make_accounts
from core.demo.cases import DemoCases
from core.demo.names import GeneratedNames
from core.demo.network import network_records
from core.demo.partnership import enrol_some, make_partnership
from core.demo.records import DemoRegister, Province, communes_for
from core.forms import service as forms
from core.identity.principal import Principal
from core.indicators.count import clear_marks
from core.kit.errors import ConfigurationError
from core.kit.text import fold
from core.partners.service import ENROL
from core.plugin_api.values import DemoWorld
from core.profiles.repository import profile_on
from core.register.hamlets.models import Hamlet
from core.register.models import Child, Household
from core.registry.enablement import enabled_keys
from core.reports import missed
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from core.demo.names import Ethnicity
    from core.platform import Platform
    from core.plugin_api.values import DemoChild
    from core.tenancy.models import Tenant
    from core.tenancy.session import TenantSession

SEED = 2018
PROFILE_DAY = date(2018, 7, 1)  # both provinces' documents cover it
YEARS = (2017, 2018)
NOON = time(5, 0, tzinfo=UTC)  # twelve o'clock in Viet Nam

# Rough shares of ethnic groups, for generated names alone; no figure is derived from them.
ETHNICITIES: Mapping[str, Mapping[Ethnicity, int]] = {
    "lao_cai": {"hmong": 25, "dao": 15, "tay": 15, "giay": 5, "kinh": 40},
}
# Source: glossary; khóm, ấp in An Giang, thôn, bản in the north.
HAMLET_WORDS: Mapping[str, str] = {"lao_cai": "Thôn"}


@dataclass(frozen=True, slots=True)
class Made:
    """What the demonstration holds in one tenant."""

    tenant: str
    children: int
    records: Mapping[str, int]
    logins: tuple[DemoLogin, ...]


def make_demo(
    platform: Platform, *, children: int, seed: int = SEED, tell: Callable[[str], None]
) -> tuple[Made, ...]:
    """Accounts, registers and records of every tenant; what is there already is left alone."""
    return tuple(
        _make_tenant(platform, tenant, children=children, seed=seed, tell=tell)
        for tenant in platform.tenants()
    )


def recount_everything(platform: Platform, tenant_id: int) -> int:
    """Count what is marked stale, now and here; how many cells that took."""
    measures = tuple(platform.registry.catalogue.measures.values())
    with platform.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
        return clear_marks(session, measures)


def _make_tenant(
    platform: Platform,
    tenant: Tenant,
    *,
    children: int,
    seed: int,
    tell: Callable[[str], None],
) -> Made:
    logins = logins_of(tenant, platform.settings.secret)
    if tenant.kind == "aggregator":
        with platform.door.tenant_session(tenant.id) as session:
            make_accounts(session, logins, commune_id=None, now=platform.clock.now())
        return Made(tenant.slug, 0, {}, logins)
    # records point to confidential ones, which nobody but the demonstration may find here
    with platform.door.tenant_session(tenant.id, reach=Reach.counting()) as session:
        province = _province(session, tenant.slug)
        communes = communes_for(session, province)
        # the middle of the list: a plain commune, neither the first city ward nor the last
        own = communes[len(communes) // 2]
        make_accounts(session, logins, commune_id=own, now=platform.clock.now())
        if session.total(Child):
            tell(f"{tenant.name_en}: records are there already")
            return Made(tenant.slug, 0, {}, logins)
        register = DemoRegister(province, communes, seed=seed)
        there = tuple(register.fill(session, children))
        session.add_all(_hamlets(tenant.slug, communes))
        _settle(session)
        tell(f"{tenant.name_en}: {len(there)} generated children in {len(communes)} communes")
        now = platform.clock.now()
        partnership = make_partnership(
            session,
            tenant,
            communes=communes,
            children=there,
            programmes=platform.registry.enabled(enabled_keys(session, now)),
            now=now,
        )
        counts: dict[str, int] = {}
        for year in YEARS:
            entered = _enter(
                platform,
                session,
                tenant,
                communes=communes,
                children=there,
                year=year,
                seed=seed,
                agreed=partnership.agreed if partnership else {},
            )
            for code, number in entered:
                counts[code] = counts.get(code, 0) + number
        if partnership is not None:
            enrol_some(session, tenant, partnership, children=there, now=now)
            make_accounts(
                session, logins, commune_id=own, now=now, partner_id=partnership.partner_id
            )
        tell(f"{tenant.name_en}: {sum(counts.values())} generated records of its programmes")
    names = GeneratedNames(random.Random(f"{seed} cases {tenant.slug}"))  # noqa: S311  not a secret
    cases = DemoCases(platform.door, tenant, communes, names, PROFILE_DAY)
    counts["core.case"] = cases.fill(YEARS, platform.clock.now(), seed=seed)
    tell(f"{tenant.name_en}: {counts['core.case']} generated cases")
    with platform.door.tenant_session(tenant.id, reach=Reach.counting()) as session:
        change = look_around(session, platform.registry, platform.clock.now(), more=missed.FINDERS)
    tell(f"{tenant.name_en}: {change.raised} alerts")
    cells = recount_everything(platform, tenant.id)
    tell(f"{tenant.name_en}: figures counted ({cells} cells)")
    return Made(tenant.slug, len(there), counts, logins)


def _settle(session: TenantSession) -> None:
    """Each household in one of the hamlets of its commune, drawn by the two ids."""
    session.flush()
    drawn = func.md5(cast(Household.id, String) + cast(Hamlet.id, String))
    hamlet = (
        select(Hamlet.id)
        .where(Hamlet.tenant_id == session.tenant_id, Hamlet.commune_id == Household.commune_id)
        .order_by(drawn)
        .limit(1)
        .correlate(Household)
        .scalar_subquery()
    )
    session.execute(
        update(Household).where(Household.tenant_id == session.tenant_id).values(hamlet_id=hamlet),
        execution_options={"synchronize_session": False},
    )


def _hamlets(slug: str, communes: tuple[int, ...]) -> list[Hamlet]:
    """Three in each commune, numbered: which hamlets there really are is the province's to say."""
    kind = HAMLET_WORDS.get(slug, "Ấp")
    return [
        Hamlet(
            commune_id=commune,
            name=f"{kind} {number}",
            name_fold=fold(f"{kind} {number}"),
            generated=True,
            created_at=datetime.combine(PROFILE_DAY, NOON),
        )
        for commune in communes
        for number in (1, 2, 3)
    ]


def _enter(
    platform: Platform,
    session: TenantSession,
    tenant: Tenant,
    *,
    communes: tuple[int, ...],
    children: tuple[DemoChild, ...],
    year: int,
    seed: int,
    agreed: Mapping[str, tuple[int, ...]],
) -> list[tuple[str, int]]:
    """Submit the plugins' generated answers as the forms take them from a person."""
    programmes = platform.registry.enabled(enabled_keys(session, platform.clock.now()))
    world = DemoWorld(
        tenant_slug=tenant.slug,
        year=year,
        random=random.Random(f"{seed} {tenant.slug} {year}"),  # noqa: S311  not a secret
        communes=communes,
        children=children,
        agreed=agreed,
    )
    enterer = _enterer(platform, tenant)
    bounds = forms.context_for(session, enterer, PROFILE_DAY, forms=programmes.catalogue.forms)
    counts: dict[str, int] = {}
    made: dict[str, UUID] = {}
    submissions = chain(programmes.demo_records(world), network_records(world, session))
    for number, submission in enumerate(submissions):
        form = programmes.catalogue.forms[submission.form_code]
        stored = forms.submit(
            session,
            form,
            submission.pointing(made),
            key=f"demo-{tenant.slug}-{year}-{number}",
            principal=enterer,
            context=replace(bounds, today=submission.on),
            now=datetime.combine(submission.on, NOON),
            generated=True,
        )
        if submission.name is not None:
            made[submission.name] = stored.record_id
        counts[form.code] = counts.get(form.code, 0) + 1
    return sorted(counts.items())


def _enterer(platform: Platform, tenant: Tenant) -> Principal:
    """The demonstration itself, which enters every form and finds what it entered."""
    declared = platform.registry.catalogue.forms.values()
    rights = {right for form in declared for right in (form.enters, form.sees)}
    return Principal(
        account_id=None,
        tenant_id=tenant.id,
        tenant_slug=tenant.slug,
        display_name="demonstration",
        roles=(),
        permissions=frozenset(rights | {ENROL}),
        reach=Reach.whole_tenant(),
    )


def _province(session: TenantSession, slug: str) -> Province:
    profile = profile_on(session, PROFILE_DAY)
    if profile is None or profile.area_id is None:
        raise ConfigurationError(f"Tenant {slug} has no profile with a province; apply its file.")
    return Province(slug, profile.area_id, ETHNICITIES.get(slug, {"kinh": 1}))

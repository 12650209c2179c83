"""Makes the world of the leak fuzzer: three sets of records, and everybody who asks for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from core.access.agreements import MANAGE, Terms, add_partner, conclude
from core.access.role_table import record_classes
from core.identity.models import Stage
from core.identity.principal import Principal
from core.identity.roles import ROLES
from core.identity.service import GivenRole, create_account, open_sign_in
from core.kit.clock import local_date
from core.kit.language import Text
from core.partners.service import ENROL, Consent, enrol
from core.register.circumstances.groups import CONFIDENTIAL, GROUPS
from core.tenancy.reach import Reach
from plugins.sexual_abuse.models import SaCase
from tests.access.canaries import Marked, mark, run_as_owner
from tests.access.conftest import TENANT, Peopled
from tests.isolation.furnishing import LISTED
from tests.isolation.fuzz_world import (
    CASE_TABLES,
    LIST,
    NARROW,
    NARROW_ROLE,
    NARROW_TO,
    OTHER_PARTNER,
    Fuzzed,
    Reader,
)
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tests.access.expected import RoleTable
    from tests.isolation.web_world import World


@pytest.fixture(scope="module")
def fuzzed(peopled: Peopled, table: RoleTable) -> Fuzzed:
    """The sets of records and everybody who could ask for them."""
    world = peopled.world
    cases = _cases(world, peopled)
    visitors = {role.code: world.visitor(peopled.tenant_of(role.code), role.code) for role in ROLES}
    accounts = {code: world.account(one.tenant, code) for code, one in visitors.items()}
    kept = _kept(world, peopled)
    _other_partner(world, peopled.far.ids["core.child"])
    sets = {
        "near": _with_list(world, _with_cases(world, peopled.near, cases["near"], "near")),
        "far": _with_cases(world, peopled.far, cases["far"], "far"),
        "kept": _with_cases(world, mark(world, TENANT, kept, "kept"), cases["kept"], "kept"),
    }
    _about_their_households(world, sets)
    readers = [Reader(code, code, one, accounts[code]) for code, one in visitors.items()]
    readers += [*_more_readers(world), Reader("nobody", "nobody", None)]
    return Fuzzed(world, table, sets, tuple(readers))


def _with_list(world: World, marked: Marked) -> Marked:
    """The set with the province's list of children, sent by somebody who asks for nothing here."""
    sent = world.rows(TENANT).ids["child_list"][0]
    world.run("UPDATE core.child_import SET asked_by = gen_random_uuid() WHERE id = :id", id=sent)
    words = {**marked.words, (f"{LIST}_chunk", "findings"): LISTED.lower()}
    return Marked({**marked.ids, LIST: sent}, words)


def _about_their_households(world: World, sets: Mapping[str, Marked]) -> None:
    """Each record about a household is about the one of its own set, and the only one about it."""
    for cls in record_classes(world.platform.registry):
        of = str(cls.__table__.fullname)
        if "household_id" not in cls.__table__.columns or of == "core.child":
            continue
        for marked in sets.values():
            if of in marked.ids:
                values = {"house": marked.ids["core.household"], "id": marked.ids[of]}
                world.run(f"DELETE FROM {of} WHERE household_id = :house AND id <> :id", **values)  # noqa: S608  names of ours
                world.run(f"UPDATE {of} SET household_id = :house WHERE id = :id", **values)  # noqa: S608  the same


def _with_cases(world: World, marked: Marked, case: UUID, salt: str) -> Marked:
    """The set with a case, its papers and its referral, each with words of its own."""
    ids = {
        of: run_as_owner(
            world,
            f"SELECT id FROM {of} WHERE tenant_id = :t AND {column} = :case "  # noqa: S608  names of ours
            "ORDER BY created_at LIMIT 1",
            t=world.tenants[TENANT],
            case=case,
        )
        for of, column in CASE_TABLES.items()
    }
    there = {of: key for of, key in ids.items() if key is not None}
    cases = mark(world, TENANT, there, f"case of {salt}")
    return Marked({**marked.ids, **there}, {**marked.words, **cases.words})


def _cases(world: World, peopled: Peopled) -> dict[str, UUID]:
    """An open case that was referred and accepted, one elsewhere, and one kept from everybody."""
    values = {"t": world.tenants[TENANT], "here": world.commune(TENANT)}
    referred = (
        "SELECT r.case_id FROM core.case_referral r WHERE r.tenant_id = :t AND r.state = '{}' "
        "AND r.commune_id = :here AND r.confidential_key IS {} NULL LIMIT 1"
    )
    found = {
        "near": run_as_owner(world, referred.format("accepted", ""), **values),
        "kept": run_as_owner(world, referred.format("sent", "NOT"), **values),
        "far": run_as_owner(
            world,
            "SELECT c.id FROM core.case c WHERE c.tenant_id = :t AND c.confidential_key IS NULL "
            "AND c.commune_id <> :here AND c.state = 'closed' LIMIT 1",
            **values,
        ),
    }
    for name in ("kept", "far"):
        _given_to_nobody(world, found[name], values["t"])
    there = run_as_owner(
        world,
        "SELECT commune_id FROM core.child WHERE tenant_id = :t AND id = :id",
        t=values["t"],
        id=peopled.far.ids["core.child"],
    )
    for of, column in CASE_TABLES.items():
        world.run(
            f"UPDATE {of} SET commune_id = :there WHERE tenant_id = :t AND {column} = :case",  # noqa: S608  names of ours
            there=there,
            t=values["t"],
            case=found["far"],
        )
    return found


def _given_to_nobody(world: World, case: UUID, tenant: int) -> None:
    world.run(
        "DELETE FROM core.access_grant WHERE tenant_id = :t AND (subject_id = :case OR source_id "
        "IN (SELECT id FROM core.case_referral WHERE tenant_id = :t AND case_id = :case))",
        t=tenant,
        case=case,
    )


def _kept(world: World, peopled: Peopled) -> dict[str, UUID]:
    """A third child with its household, and what is confidential about it."""
    tenant, commune = world.tenants[TENANT], world.commune(TENANT)
    known = [peopled.near.ids, peopled.far.ids]
    _another_intake(world, peopled.near.ids["sexual_abuse.sa_case"])
    kept = {}
    for of in ("core.child", "core.household", "sexual_abuse.sa_case"):
        kept[of] = run_as_owner(
            world,
            f"UPDATE {of} SET commune_id = :here WHERE tenant_id = :t AND id = (SELECT id "  # noqa: S608  names of ours
            f"FROM {of} WHERE tenant_id = :t AND id NOT IN (:one, :two) {_FREE.get(of, '')} "
            "ORDER BY id LIMIT 1) RETURNING id",
            here=commune,
            t=tenant,
            one=known[0][of],
            two=known[1][of],
        )
        assert kept[of] is not None, of
    _given_to_nobody(world, kept["sexual_abuse.sa_case"], tenant)
    world.run(
        "UPDATE core.child SET household_id = :house WHERE tenant_id = :t AND id = :id",
        house=kept["core.household"],
        t=tenant,
        id=kept["core.child"],
    )
    group = next(one for one in GROUPS.values() if one.is_confidential)
    kept["core.special_circumstance"] = run_as_owner(
        world,
        "INSERT INTO core.special_circumstance SELECT (jsonb_populate_record(x, jsonb_build_object("
        "'id', gen_random_uuid(), 'child_id', CAST(:child AS uuid), 'group_code', "
        "CAST(:group AS text), 'confidential_key', CAST(:key AS text), 'sub_group_code', NULL, "
        "'created_by', NULL, 'commune_id', CAST(:here AS bigint)))).* "
        "FROM core.special_circumstance x WHERE id = :id RETURNING id",
        child=kept["core.child"],
        group=group.code,
        key=CONFIDENTIAL,
        here=commune,
        id=peopled.near.ids["core.special_circumstance"],
    )
    return kept


_FREE = {
    "core.child": "AND status = 'active' AND NOT EXISTS (SELECT FROM core.enrolment e "
    "WHERE e.tenant_id = :t AND e.child_id = core.child.id)",
}


def _another_intake(world: World, like: UUID) -> None:
    """One more confidential intake; the program writes it, so that it is sealed as its own."""
    number = world.tenants[TENANT]
    with world.platform.door.tenant_session(number, reach=Reach.counting()) as session:
        known = session.get_one(SaCase, (number, like))
        values = {
            column.name: getattr(known, column.name)
            for column in SaCase.__table__.columns
            if column.name not in {"id", "opaque_code"}
        }
        session.add(SaCase(**values))


def _other_partner(world: World, child: UUID) -> None:
    """Another organisation with an agreement of its own, under which the far child is enrolled."""
    number, platform = world.tenants[TENANT], world.platform
    now = platform.clock.now()
    today = local_date(now)
    by = Principal(
        account_id=None,
        tenant_id=number,
        tenant_slug=TENANT,
        display_name="the fuzzer",
        roles=(),
        permissions=frozenset({MANAGE, ENROL}),
        reach=Reach.whole_tenant(),
    )
    with platform.door.tenant_session(number) as session:
        partner = add_partner(
            session, code="doi_tac_khac", name=Text("Đối tác khác", "Another partner"), now=now
        )
        commune = run_as_owner(world, "SELECT commune_id FROM core.child WHERE id = :id", id=child)
        terms = Terms(
            number="02/TT-K",
            programme="child_labour",
            purpose="Quản lý trường hợp (phép thử)",
            fields=frozenset({"core.child.full_name", "core.child.sex"}),
            areas=frozenset({commune}),
            valid_from=date(2018, 1, 1),
            valid_to=today.replace(year=today.year + 1, day=1),
        )
        programmes = frozenset({"child_labour"})
        made = conclude(session, partner.id, terms, programmes=programmes, by=by, now=now)
        consent = Consent(guardian_on=today, child_on=today)
        enrol(session, made.id, child, consent, by=by, today=today, now=now)
        create_account(
            session,
            login="doi_tac_khac",
            display_name="Đối tác khác",
            password=None,
            roles=(GivenRole("ngo_manager", None),),
            partner_id=partner.id,
            now=now,
            generated=True,
        )


def _more_readers(world: World) -> list[Reader]:
    """Another partner's manager, an officer of one programme alone, and a sign-in that is half."""
    number, now = world.tenants[TENANT], world.platform.clock.now()
    district = world.scalar(
        "SELECT area_id FROM core.role_grant WHERE tenant_id = :t AND role = :role",
        t=number,
        role=NARROW_ROLE,
    )
    with world.platform.door.tenant_session(number) as session:
        narrow = create_account(
            session,
            login="mot_chuong_trinh",
            display_name="Một chương trình",
            password=None,
            roles=(GivenRole(NARROW_ROLE, district, (NARROW_TO,)),),
            now=now,
            generated=True,
        )
        other = world.scalar("SELECT id FROM core.account WHERE login = 'doi_tac_khac'")
        worker = world.account(TENANT, "commune_worker")
        tokens: dict[str, Any] = {
            key: open_sign_in(session, account, now=now, second_factor=True)
            for key, account in (("narrow", narrow), ("other", other), ("half", worker))
        }
    world.run(
        "UPDATE core.sign_in SET stage = :stage WHERE id = (SELECT id FROM core.sign_in "
        "WHERE account_id = :id ORDER BY created_at DESC LIMIT 1)",
        stage=Stage.CODE.value,
        id=worker,
    )
    return [
        Reader(NARROW, NARROW_ROLE, Visitor(TENANT, NARROW, tokens["narrow"]), narrow),
        Reader(OTHER_PARTNER, "ngo_manager", Visitor(TENANT, "other", tokens["other"]), other),
        Reader("half signed in", "commune_worker", Visitor(TENANT, "half", tokens["half"])),
    ]

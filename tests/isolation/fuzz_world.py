"""The world of the leak fuzzer: what lies out of whose reach, known from how it was made.

Three sets of records in one province: *near*, in the commune of those who work there, given to
them and of an enrolled child; *far*, in another district and enrolled with another partner; *kept*,
in the near commune and confidential to others. What a reader may see of them is decided by the role
table that people wrote and by the few lines here, never by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
from tests.access.conftest import PARTNER_ROLES, TENANT, Peopled
from tests.access.test_role_table import reads_far, reads_near
from tests.isolation.furnishing import LISTED, canary
from tests.isolation.tables_of_forms import BESIDE, CODES, TABLES
from tests.isolation.web_world import Visitor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tests.access.expected import RoleTable
    from tests.isolation.web_world import World

OTHER_TENANTS = ("lao_cai", "tinh_ba")
NARROW, NARROW_ROLE, NARROW_TO = "of drowning alone", "district_officer", "drowning_prevention"
OTHER_PARTNER = "of another partner"
CASE_TABLES = {
    "core.case": "id",
    "core.case_intake": "case_id",
    "core.case_initial_assessment": "case_id",
    "core.case_plan": "case_id",
    "core.case_referral": "case_id",
    "core.case_transition": "case_id",
}
# what a referral that was accepted lets its receiver read
REFERRED = frozenset({"core.case_referral", "core.case_intake", "core.case_initial_assessment"})
# who reads what is confidential to others (programmes §2.11: "register with restricted groups")
KEEPER = "province_confidential_officer"
KINDS = TABLES | BESIDE | {"attachment": "core.attachment", "grant": "core.role_grant"}
LIST = "core.child_import"  # read by whoever sent it alone, and that is none of the readers
OWN_RULE = ("core.attachment", "core.enrolment")  # seen as what they hang on is


@dataclass(frozen=True)
class Reader:
    """Somebody who asks: a role with its sign-in, or nobody who is signed in."""

    name: str
    role: str
    visitor: Visitor | None
    account: UUID | None = None

    @property
    def in_province(self) -> bool:
        """Whether records of the province could be within reach at all."""
        return self.visitor is not None and self.visitor.tenant == TENANT


@dataclass(frozen=True, slots=True)
class Target:
    """A row that is out of somebody's reach: what it is, and why it is."""

    kind: str
    put: str
    why: str


@dataclass(frozen=True)
class Fuzzed:
    """The world with its sets of records, and who reads which of them."""

    world: World
    table: RoleTable
    sets: Mapping[str, Marked]
    readers: tuple[Reader, ...]

    def reads(self, reader: Reader, name: str, of: str) -> bool:
        """Whether a reader reads the row of a table that is in a set."""
        if not reader.in_province or reader.name.startswith("half") or of.startswith(LIST):
            return False
        role = reader.role
        if reader.name == NARROW and not of.startswith(("core.", f"{NARROW_TO}.")):
            return False
        if role in PARTNER_ROLES:
            own = "far" if reader.name == OTHER_PARTNER else "near"
            return name == own and reads_near(self.table, role, of)
        if of in OWN_RULE and self.table.columns[of].seen_with in self.table.rights_of(role):
            of = "core.child"
        if name == "near":
            given = role == "service_staff" and of in REFERRED
            return given or reads_near(self.table, role, of)
        if name == "far":
            return reads_far(self.table, role, of)
        confidential = of in CASE_TABLES or of in {
            "core.special_circumstance",
            "sexual_abuse.sa_case",
        }
        return role == KEEPER if confidential else reads_near(self.table, role, of)

    def shows(self, reader: Reader, name: str, where: tuple[str, str]) -> bool:
        """Whether a reader may come to see what stands in one column of a row in a set."""
        of, column = where
        if not self.reads(reader, name, of):
            return False
        if reader.role == "service_staff" and of in REFERRED:
            return self.table.opens(reader.role, of, column)
        return self.table.shows(reader.role, of, column)

    def forbidden(self, reader: Reader) -> dict[str, str]:
        """Every word, id and code that no answer to this reader may hold, with what it tells."""
        found = dict(self._foreign(reader))
        for name, marked in self.sets.items():
            for where, word in marked.words.items():
                if not self.shows(reader, name, where):
                    found[word.lower()] = f"{name}: {where[0]}.{where[1]}"
            for of, key in marked.ids.items():
                if not self.reads(reader, name, of):
                    found[str(key)] = f"{name}: id of {of}"
        return found

    def targets(self, reader: Reader) -> list[Target]:
        """The rows that are out of a reader's reach, of every kind and for every reason."""
        found = []
        for tenant, by_kind in self.rows.items():
            if reader.visitor is None or tenant != reader.visitor.tenant:
                found += [
                    Target(kind, str(key), tenant)
                    for kind, keys in by_kind.items()
                    for key in keys[:1] + keys[-1:]
                ]
        kind_of = {table: kind for kind, table in KINDS.items()}
        for name, marked in self.sets.items():
            found += [
                Target(kind_of[of], str(key), name)
                for of, key in marked.ids.items()
                if of in kind_of and not self.reads(reader, name, of)
            ]
        return found

    def elsewhere(self, reader: Reader) -> list[Target]:
        """Rows that a reader reads, but not through the case or record that is ``mine``."""
        found = []
        for kind, parent in (("referral", "case"), ("attachment", "core.child")):
            of, mine = KINDS[kind], self.mine(reader, parent)
            found += [
                Target(kind, str(marked.ids[of]), "another parent")
                for name, marked in self.sets.items()
                if of in marked.ids
                and self.reads(reader, name, of)
                and str(marked.ids[KINDS[parent]]) != mine
            ]
        return found

    def words(self, reader: Reader) -> list[Target]:
        """Names and codes of rows that are out of a reader's reach."""
        found = [
            Target("word", canary(tenant), tenant)
            for tenant in OTHER_TENANTS
            if reader.visitor is None or tenant != reader.visitor.tenant
        ]
        for tenant, codes in self.codes.items():
            if reader.visitor is None or tenant != reader.visitor.tenant:
                found += [Target("code", code, tenant) for code in codes[:4]]
        for name, marked in self.sets.items():
            for where in (("core.child", "full_name"), ("core.household", "head_name")):
                if where in marked.words and not self.shows(reader, name, where):
                    found.append(Target("word", marked.words[where], name))
            found += [
                Target("code", self.code(of, key), name)
                for of, key in marked.ids.items()
                if of in self._coded and not self.reads(reader, name, of)
            ]
        return found

    def mine(self, reader: Reader, kind: str) -> str:
        """A row of a kind that a reader reads, if there is one; else one that nobody can have."""
        if kind == "account" and reader.account is not None:
            return str(reader.account)
        of = KINDS.get(kind, "")
        for name, marked in self.sets.items():
            if of in marked.ids and self.reads(reader, name, of):
                return str(marked.ids[of])
        return "0b1c4dd5-6f0e-4d2b-8a5e-0e8f3f1d2c3b"

    def code(self, table: str, key: UUID) -> str:
        """What people call a row by."""
        column = self._coded[table]
        return str(
            self.world.scalar(f"SELECT {column} FROM {table} WHERE id = :id", id=key)  # noqa: S608  names of ours
        )

    @cached_property
    def _coded(self) -> dict[str, str]:
        return {KINDS[kind]: column for kind, column in CODES.items()}

    @cached_property
    def rows(self) -> dict[str, dict[str, tuple[UUID, ...]]]:
        """What every tenant has, by kind, as it was when it was first asked for."""
        return {
            tenant: {kind: keys for kind, keys in self.world.rows(tenant).ids.items() if keys}
            for tenant in (*OTHER_TENANTS, TENANT)
        }

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of other tenants, one of each sort first."""
        found = {}
        for tenant in OTHER_TENANTS:
            sorts = list(self.world.rows(tenant).codes.values())
            found[tenant] = [code for several in zip(*sorts, strict=False) for code in several]
        return found

    def _foreign(self, reader: Reader) -> dict[str, str]:
        return {
            word: tenant
            for tenant, words in self._telling.items()
            if reader.visitor is None or reader.visitor.tenant != tenant
            for word in words
        }

    @cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        return {
            tenant: frozenset(word.lower() for word in self.world.rows(tenant).telling)
            | {canary(tenant).lower()}
            for tenant in (*OTHER_TENANTS, TENANT)
        }


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
    """The set with the list of children that stands in the province, and the child in it."""
    sent = world.rows(TENANT).ids["child_list"][0]
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

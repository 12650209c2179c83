"""The world of the leak fuzzer: what lies out of whose reach, known from how it was made.

Three sets of records in one province: *near*, in the commune of those who work there, given to
them and of an enrolled child; *far*, in another district and enrolled with another partner; *kept*,
in the near commune and confidential to others. What a reader may see of them is decided by the role
table that people wrote and by the few lines here, never by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.access.conftest import PARTNER_ROLES, TENANT
from tests.access.test_role_table import reads_far, reads_near
from tests.isolation.furnishing import canary
from tests.isolation.tables_of_forms import BESIDE, CODES, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from tests.access.canaries import Marked
    from tests.access.expected import RoleTable
    from tests.isolation.web_world import Visitor, World

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

"""Which records the answers of a run opened, and what the log says of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import text

from tests.isolation.fuzz_world import CASE_TABLES, LIST
from tests.isolation.leak_fuzzer import text_of
from tests.isolation.tables_of_forms import CODES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Engine

    from tests.isolation.fuzz_world import Fuzzed, Reader
    from tests.isolation.in_process import Answer, Call

Look = tuple[str, str, str]
"""Whose account looked, at what kind of record, and its id."""

_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_CASE = re.compile(rf"(?:/api/v1)?/cases/{_ID}")
_CASE_PAGE = re.compile(rf"/cases/{_ID}")
_REFERRAL = re.compile(rf"(?:/api/v1)?/referrals/{_ID}$")
_A_RECORD = rf"(?:/api/v1)?/records/([\w-]+)/([\w-]+)/{_ID}"
# the record itself, or the case that is made of it
_RECORD = re.compile(
    rf"(?:(?:/api/v1)?/records|/cases/new/after)/([\w-]+)[/.]([\w-]+)/{_ID}(?:/correct|/history)?$"
)
_CORRECTION = re.compile(rf"{_A_RECORD}(?:/correct)?$")
_SENT_BACK = {200, 303, 409, 422}  # a correction is kept or shown again: both open the record
_CHILD = re.compile(rf"/children/{_ID}(?:/duplicates/{_ID})?$")
_CASE_CODES = {(TABLES[form], column) for form, column in CODES.items() if form in TABLES}
_GROUP = "core.special_circumstance"


@dataclass
class Delivered:
    """What the answers of a run opened, and restricted words that stood in one that opened nothing.

    Opened is: a page or answer of the API about one record, its correction or its history,
    delivered; a form sent back with mistakes, of a case's step or of a correction; and each
    confidential record on a child's page. A list opens nothing, and holds nothing that is
    restricted but the codes of cases.
    """

    fuzzed: Fuzzed
    looks: Counter[Look] = field(default_factory=Counter)
    exports: Counter[str] = field(default_factory=Counter)
    unexplained: list[tuple[str, str, str]] = field(default_factory=list)

    def hear(self, reader: Reader, call: Call, answer: Answer) -> None:
        """One answer."""
        opened = set(self._opened(call, answer))
        who = str(reader.account)
        self.looks.update((who, kind, key) for kind, key in opened)
        if call.path.endswith("/export") and answer.status == 200:
            self.exports[who] += 1
        known = {key for _, key in opened}
        self.unexplained += [
            (reader.name, call.path, told)
            for told, keys in self._restricted_in(answer, opened=bool(opened))
            if known.isdisjoint(keys)
        ]

    def _opened(self, call: Call, answer: Answer) -> Iterator[tuple[str, str]]:
        if (
            answer.status == 422
            and call.method == "POST"
            and (found := _CASE_PAGE.match(call.path))
        ):
            yield "core.case", found[1]
        if (
            answer.status in (_SENT_BACK if call.path.endswith("/correct") else {200})
            and call.method in {"POST", "PUT", "PATCH"}
            and (found := _CORRECTION.match(call.path))
        ):
            yield _code_in(found), found[3]
        if answer.status != 200 or call.method != "GET":
            return
        if found := _CASE.match(call.path):
            yield "core.case", found[1]
        elif found := _REFERRAL.match(call.path):
            yield "core.case_referral", found[1]
            yield "core.case", self._case_of(found[1])
        elif found := _RECORD.match(call.path):
            yield _code_in(found), found[3]
        elif found := _CHILD.match(call.path):
            for key in filter(None, found.groups()):
                yield "core.child", key
            group = self.fuzzed.sets["kept"].ids[_GROUP]
            if str(group) in text_of(answer):
                yield _GROUP, str(group)

    def _restricted_in(
        self, answer: Answer, *, opened: bool
    ) -> Iterator[tuple[str, frozenset[str]]]:
        """Each restricted word of an answer, and the records that may show it.

        A case's code stands in place of a name: on each of its papers, and in lists and titles,
        which open nothing (security rules, §4).
        """
        low = text_of(answer).lower()
        for name, marked in self.fuzzed.sets.items():
            for (of, column), word in marked.words.items():
                if word.lower() not in low or not self._is_restricted(of, column):
                    continue
                whole = "core.case" if of in CASE_TABLES else LIST if of.startswith(LIST) else of
                shown_by = {whole}
                if (of, column) in _CASE_CODES:
                    if not opened:
                        continue
                    shown_by |= {one for one in marked.ids if one.startswith(f"{_schema(of)}.")}
                ids = frozenset(str(marked.ids[one]) for one in shown_by)
                yield f"{name}: {of}.{column}", ids

    def _is_restricted(self, of: str, column: str) -> bool:
        """What stands in a list of children is, and the role table does not speak of it."""
        return of.startswith(LIST) or self.fuzzed.table.columns[of].classes[column] == "restricted"

    def _case_of(self, referral: str) -> str:
        for marked in self.fuzzed.sets.values():
            if str(marked.ids.get("core.case_referral")) == referral:
                return str(marked.ids["core.case"])
        statement = "SELECT case_id FROM core.case_referral WHERE CAST(id AS text) = :id"
        return str(self.fuzzed.world.scalar(statement, id=referral))


def _schema(table: str) -> str:
    return table.partition(".")[0]


def _code_in(record: re.Match[str]) -> str:
    return f"{record[1]}.{record[2]}".replace("-", "_")


def written(engine: Engine, since: datetime) -> Counter[Look]:
    """The looks at single records that stand in the log of all tenants."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT account_id, subject_kind, subject_id, count(*) FROM core.audit_entry "
                "WHERE action = 'read' AND subject_id IS NOT NULL AND at >= :since "
                "GROUP BY account_id, subject_kind, subject_id"
            ),
            {"since": since},
        )
        return Counter({(str(row[0]), row[1], str(row[2])): row[3] for row in rows})


def exported(engine: Engine, since: datetime) -> Counter[str]:
    """The exports that stand in the log, by account."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT account_id, count(*) FROM core.audit_entry WHERE action = 'export' "
                "AND subject_kind = ANY(:forms) AND at >= :since GROUP BY account_id"
            ),
            {"since": since, "forms": list(TABLES)},
        )
        return Counter({str(row[0]): row[1] for row in rows})


def now_of(engine: Engine) -> datetime:
    """The database's clock."""
    with engine.connect() as connection:
        found: datetime = connection.scalar(text("SELECT clock_timestamp()"))
        return found

"""Reads the database's own catalogue and names every hole in the tenant wall.

It judges what is there, not what the migrations meant: a table made by hand is judged too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from sqlalchemy import text

from core.db.logins import Login
from core.tenancy.policies import TENANT_EXPRESSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

SHORTEST_REASON = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One hole: the rule it breaks, the object it is in, and one sentence saying the cure."""

    rule: str
    object: str
    message: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """An object that may break one rule; ``object`` may hold ``*``, the reason is a sentence."""

    rule: str
    object: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A query for what breaks the rule: ``object``, ``detail``; and what is wrong, with the cure.

    The query may use ``ours`` (every relation), ``owned`` (those with a ``tenant_id``),
    ``policy``, ``granted`` and ``role`` (our logins), see ``_GIVEN``.
    """

    key: str
    sentence: str
    query: str


ALLOWED: tuple[Allowed, ...] = (
    Allowed("shared-table", "core.tenant", "Every login must know which tenants there are."),
    Allowed("shared-table", "core.area", "Communes and provinces are public and the same for all."),
    Allowed(
        "shared-table",
        "core.area_succession",
        "Which commune went into which is public and the same for all.",
    ),
    Allowed(
        "shared-table",
        "core.area_version",
        "A mark that changes with the areas is the same for all.",
    ),
    Allowed(
        "shared-table",
        "core.legal_document",
        "Laws and circulars are public; every tenant cites the same texts.",
    ),
    Allowed(
        "shared-table",
        "core.declared_version",
        "Which version of a declared plugin its tables were made from is the same for all.",
    ),
    Allowed(
        "shared-table",
        "*.alembic_version",
        "It holds one revision number for each chain and nothing of a tenant.",
    ),
    Allowed(
        "shared-table",
        "jobs.*",
        "The worker takes the next job of any tenant; a message holds identifiers alone.",
    ),
    Allowed(
        "shared-write",
        "jobs.*",
        "The runtime login puts jobs into the queue and takes them out again.",
    ),
    Allowed(
        "ministry-reads",
        "core.released_figure",
        "Figures that a province has released are what the ministry adds up.",
    ),
    Allowed(
        "ministry-reads",
        "core.report_standing",
        "Whether a report is due, sent or accepted is what the ministry's board shows.",
    ),
)


def lint(
    connection: Connection, *, prefix: str, allowed: Sequence[Allowed] = ALLOWED
) -> list[Finding]:
    """Every hole that is not allowed, and every allowance without a hole or a reason.

    ``connection`` is the migration login's or the administrator's, on the installation's own
    database; it is only read from. ``prefix`` is that of the installation's logins.
    """
    found = [finding for rule in RULES for finding in _broken(connection, rule, prefix)]
    used = {(entry, finding) for entry in allowed for finding in found if _covers(entry, finding)}
    covered = {finding for _, finding in used}
    needed = {entry for entry, _ in used}
    return [
        *(finding for finding in found if finding not in covered),
        *(finding for entry in allowed for finding in _faults(entry, needed=entry in needed)),
    ]


def _broken(connection: Connection, rule: Rule, prefix: str) -> Iterator[Finding]:
    names = {login.value: f"{prefix}_{login.value}" for login in Login}
    statement = text(f"WITH {_GIVEN} {rule.query}")
    rows = connection.execute(statement, {**names, "wall": plain(TENANT_EXPRESSION)})
    for row in sorted({(str(row.object), str(row.detail)) for row in rows}):
        sentence = rule.sentence.format(object=row[0], detail=row[1])
        yield Finding(rule.key, row[0], sentence)


def _covers(entry: Allowed, finding: Finding) -> bool:
    return entry.rule == finding.rule and fnmatchcase(finding.object, entry.object)


def _faults(entry: Allowed, *, needed: bool) -> Iterator[Finding]:
    name = f"{entry.rule}: {entry.object}"
    if not needed:
        yield Finding(
            "allow-list", name, f"Nothing needs the allowance {name} any more: take it away."
        )
    if len(entry.reason) < SHORTEST_REASON:
        yield Finding(
            "allow-list", name, f"The allowance {name} needs a reason in a whole sentence."
        )


def plain(expression: str) -> str:
    """An expression without brackets, spaces and casts, which the server writes its own way."""
    return re.sub(r"[()\s]|::(text|integer|int)\b", "", expression)


_GIVEN = r"""
role AS (
    SELECT r.*, CASE r.rolname WHEN :migrator THEN 'migrator' WHEN :runtime THEN 'runtime'
                WHEN :ministry THEN 'ministry' WHEN :archive THEN 'archive'
                ELSE 'backup' END AS trust
    FROM pg_roles r WHERE r.rolname IN (:migrator, :runtime, :ministry, :backup, :archive)
), ours AS (
    SELECT c.*, n.nspname || '.' || c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), owned AS (
    SELECT c.*, a.attnum AS tenant_column
    FROM ours c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attname = 'tenant_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f')
), policy AS (
    SELECT p.polname, p.polcmd, p.polpermissive, p.polroles, c.oid AS relation, c.name,
           regexp_replace(pg_get_expr(p.polqual, p.polrelid),
                          '[()\s]|\:\:(text|integer)', '', 'g') AS seen,
           regexp_replace(pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid),
                          '[()\s]|\:\:(text|integer)', '', 'g') AS written
    FROM pg_policy p JOIN ours c ON c.oid = p.polrelid
), wall AS (
    SELECT * FROM policy
    WHERE NOT polpermissive AND polcmd = '*' AND seen = :wall AND written = :wall
), granted AS (
    SELECT c.*, g.grantee, g.privilege_type AS may, role.trust
    FROM ours c
    CROSS JOIN LATERAL (
        SELECT * FROM aclexplode(c.relacl)
        UNION ALL
        SELECT e.* FROM pg_attribute a, aclexplode(a.attacl) e
        WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL
    ) g
    LEFT JOIN role ON role.oid = g.grantee
    WHERE g.grantee <> c.relowner
)
"""

RULES: tuple[Rule, ...] = (
    Rule(
        "row-security",
        "{object} has a tenant_id but no forced row security: protect it in its migration.",
        "SELECT name AS object, '' AS detail FROM owned "
        "WHERE NOT (relrowsecurity AND relforcerowsecurity)",
    ),
    Rule(
        "tenant-wall",
        "{object} has no restrictive policy that keeps the runtime login in its tenant: "
        "protect it in its migration.",
        """SELECT name AS object, '' AS detail FROM owned o WHERE NOT EXISTS (
            SELECT FROM wall w WHERE w.relation = o.oid
            AND (0 = ANY(w.polroles)
                 OR (SELECT oid FROM role WHERE trust = 'runtime') = ANY(w.polroles)))""",
    ),
    Rule(
        "open-policy",
        "The policy {detail} of {object} lets in more than the own tenant: drop it.",
        """SELECT o.name AS object, polname AS detail FROM policy p JOIN owned o
            ON o.oid = p.relation
            WHERE polpermissive AND (coalesce(seen, :wall) <> :wall OR written <> :wall)
            AND NOT (polcmd = 'r' AND polroles =
                     ARRAY(SELECT oid FROM role WHERE trust = 'ministry'))""",
    ),
    Rule(
        "with-check-true",
        "The policy {detail} of {object} lets any row be written: check the tenant in it.",
        "SELECT name AS object, polname AS detail FROM policy "
        "WHERE polcmd IN ('*', 'a', 'w') AND written = 'true'",
    ),
    Rule(
        "ministry-reads",
        "The ministry's login can read {object} across tenants: take that away, "
        "or allow it with a reason.",
        """SELECT o.name AS object, '' AS detail FROM owned o
            WHERE EXISTS (SELECT FROM granted g WHERE g.oid = o.oid AND g.trust = 'ministry')
            OR EXISTS (SELECT FROM policy p, role WHERE p.relation = o.oid
                       AND role.trust = 'ministry' AND role.oid = ANY(p.polroles))
            OR EXISTS (SELECT FROM wall w WHERE w.relation = o.oid
                       AND NOT 0 = ANY(w.polroles))""",
    ),
    Rule(
        "foreign-key",
        "The foreign key {detail} of {object} does not pair tenant_id with tenant_id: "
        "use tenant_reference.",
        """SELECT s.name AS object, k.conname AS detail
            FROM pg_constraint k JOIN owned t ON t.oid = k.confrelid
            JOIN ours s ON s.oid = k.conrelid LEFT JOIN owned o ON o.oid = k.conrelid
            WHERE k.contype = 'f' AND NOT EXISTS (
                SELECT FROM unnest(k.conkey, k.confkey) AS pair(here, there)
                WHERE here = o.tenant_column AND there = t.tenant_column)""",
    ),
    Rule(
        "sleeping-key",
        "The foreign key {detail} of {object} is not enforced: validate it.",
        """SELECT o.name AS object, k.conname AS detail
            FROM pg_constraint k JOIN owned o ON o.oid = k.conrelid
            WHERE k.contype = 'f' AND (NOT k.convalidated OR EXISTS (
                SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled = 'D'))""",
    ),
    Rule(
        "unique-key",
        "The unique key {detail} of {object} lacks tenant_id, so that one tenant learns what "
        "another holds: add tenant_id to it.",
        """SELECT o.name AS object, c.relname AS detail
            FROM pg_index i JOIN owned o ON o.oid = i.indrelid
            JOIN pg_class c ON c.oid = i.indexrelid
            WHERE (i.indisunique OR i.indisexclusion) AND NOT o.tenant_column = ANY((
                CAST(string_to_array(CAST(i.indkey AS text), ' ') AS int[])
            )[1\\:i.indnkeyatts])""",
    ),
    Rule(
        "primary-key",
        "The primary key of {object} does not begin with tenant_id: make it (tenant_id, id).",
        """SELECT o.name AS object, '' AS detail FROM owned o WHERE NOT EXISTS (
            SELECT FROM pg_index i WHERE i.indrelid = o.oid AND i.indisprimary
            AND i.indkey[0] = o.tenant_column)""",
    ),
    Rule(
        "counter",
        "{object}.{detail} counts through all tenants and tells one how much others enter: "
        "use a random identifier.",
        """SELECT o.name AS object, a.attname AS detail
            FROM owned o JOIN pg_attribute a ON a.attrelid = o.oid
            LEFT JOIN pg_attrdef d ON d.adrelid = o.oid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped
            AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%')""",
    ),
    Rule(
        "shared-table",
        "{object} has no tenant_id: make it a tenant's, or allow it with a reason.",
        "SELECT name AS object, '' AS detail FROM ours WHERE relkind IN ('r', 'p', 'f') "
        "AND oid NOT IN (SELECT oid FROM owned)",
    ),
    Rule(
        "unlogged",
        "{object} is unlogged and is empty after a crash: make it LOGGED.",
        "SELECT name AS object, '' AS detail FROM ours "
        "WHERE relpersistence = 'u' AND relkind IN ('r', 'p')",
    ),
    Rule(
        "view",
        "The view {object} reads with its owner's rights: set security_invoker.",
        """SELECT name AS object, '' AS detail FROM ours WHERE relkind = 'v' AND NOT EXISTS (
            SELECT FROM pg_options_to_table(reloptions)
            WHERE option_name = 'security_invoker' AND CAST(option_value AS boolean))""",
    ),
    Rule(
        "materialised-view",
        "The materialised view {object} keeps rows without row security: make it a table.",
        "SELECT name AS object, '' AS detail FROM ours WHERE relkind = 'm'",
    ),
    Rule(
        "definer",
        "The function {object} runs with its owner's rights: make it SECURITY INVOKER.",
        """SELECT n.nspname || '.' || p.proname AS object, '' AS detail
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.oid >= 16384 AND p.prosecdef""",
    ),
    Rule(
        "leakproof",
        "The function {object} is LEAKPROOF and may see rows before the policy does: "
        "take the mark away.",
        """SELECT n.nspname || '.' || p.proname AS object, '' AS detail
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.oid >= 16384 AND p.proleakproof""",
    ),
    Rule(
        "login-missing",
        "The login {object} is missing: run annhi migrate.",
        """SELECT name AS object, '' AS detail
            FROM unnest(ARRAY[:migrator, :runtime, :ministry, :backup,
                :archive]) AS name
            WHERE name NOT IN (SELECT rolname FROM role)""",
    ),
    Rule(
        "login-rights",
        "The login {object} {detail}: take that right away.",
        """SELECT rolname AS object, fault AS detail FROM role CROSS JOIN LATERAL (VALUES
            (rolsuper, 'is a superuser'), (rolcreaterole, 'may create roles'),
            (rolcreatedb, 'may create databases'), (rolreplication, 'may replicate'),
            (rolbypassrls AND trust <> 'backup', 'bypasses row security')
            ) AS right_of(held, fault) WHERE held""",
    ),
    Rule(
        "login-setting",
        "{object} starts with {detail}: reset it, and run annhi migrate.",
        """SELECT coalesce(r.rolname, 'the database') AS object, setting AS detail
            FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS setting
            LEFT JOIN pg_roles r ON r.oid = s.setrole
            WHERE (s.setrole = 0 OR s.setrole IN (SELECT oid FROM role))
            AND (s.setdatabase = 0 OR s.setdatabase =
                 (SELECT oid FROM pg_database WHERE datname = current_database()))
            AND setting ~* '^(app[.]|row_security=|role=|session_replication_role=)'
            UNION ALL
            SELECT rolname, 'a search_path that is not pinned' FROM role WHERE NOT EXISTS (
                SELECT FROM pg_db_role_setting s WHERE s.setrole = role.oid
                AND s.setdatabase = 0 AND 'search_path=pg_catalog, pg_temp' = ANY(s.setconfig))""",
    ),
    Rule(
        "owner",
        "{object} belongs to {detail} and not to the migration login: change its owner.",
        """SELECT name AS object, pg_get_userbyid(relowner) AS detail FROM ours
            WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            AND relowner NOT IN (SELECT oid FROM role WHERE trust = 'migrator')""",
    ),
    Rule(
        "membership",
        "{object} is a member of {detail} and can take its rights: revoke it.",
        """SELECT member.rolname AS object, parent.rolname AS detail FROM pg_auth_members m
            JOIN pg_roles member ON member.oid = m.member
            JOIN pg_roles parent ON parent.oid = m.roleid
            WHERE m.member IN (SELECT oid FROM role)
            OR (m.roleid IN (SELECT oid FROM role)
                AND NOT member.rolsuper AND NOT member.rolcreaterole)""",
    ),
    Rule(
        "table-grant",
        "{detail} on {object} gets round row security: revoke it.",
        """SELECT name AS object, may || ' for ' || coalesce(trust, 'another') AS detail
            FROM granted WHERE may IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')""",
    ),
    Rule(
        "stranger",
        "{detail} is none of our logins and has rights on {object}: revoke them.",
        """SELECT name AS object, CASE grantee WHEN 0 THEN 'PUBLIC'
            ELSE pg_get_userbyid(grantee) END AS detail FROM granted WHERE trust IS NULL""",
    ),
    Rule(
        "reader-writes",
        "The {detail} login only reads, but may change {object}: grant it SELECT alone.",
        "SELECT name AS object, trust AS detail FROM granted "
        "WHERE trust IN ('ministry', 'backup', 'archive') AND may <> 'SELECT'",
    ),
    Rule(
        "archive-reads",
        "The archive's login can read {object}, which the program still uses: take that away.",
        """SELECT g.name AS object, '' AS detail FROM granted g, role
            WHERE g.trust = 'archive' AND role.trust = 'runtime'
            AND has_schema_privilege(role.oid, g.relnamespace, 'USAGE')""",
    ),
    Rule(
        "shared-write",
        "The runtime login may change {object}, which all tenants share: grant it SELECT alone.",
        "SELECT name AS object, '' AS detail FROM granted WHERE trust = 'runtime' "
        "AND may <> 'SELECT' AND oid NOT IN (SELECT oid FROM owned)",
    ),
    Rule(
        "partition-grant",
        "{object} is a partition with rights of its own, past its parent's policies: revoke them.",
        "SELECT name AS object, '' AS detail FROM granted WHERE relispartition",
    ),
    Rule(
        "default-grant",
        "New objects of {object} are granted to {detail} by default: take that away.",
        """SELECT pg_get_userbyid(d.defaclrole) AS object, CASE a.grantee WHEN 0 THEN 'PUBLIC'
            ELSE pg_get_userbyid(a.grantee) END AS detail
            FROM pg_default_acl d, aclexplode(d.defaclacl) a
            WHERE a.grantee <> d.defaclrole AND d.defaclobjtype IN ('r', 'S', 'n')""",
    ),
    Rule(
        "may-create",
        "{detail} may create objects in {object}: revoke CREATE.",
        """SELECT place AS object, CASE a.grantee WHEN 0 THEN 'PUBLIC'
            ELSE pg_get_userbyid(a.grantee) END AS detail FROM (
                SELECT 'schema ' || nspname AS place, nspacl AS acl FROM pg_namespace
                WHERE nspname !~ '^pg_'
                UNION ALL SELECT 'database ' || datname, datacl FROM pg_database
                WHERE datname = current_database()
            ) AS places, aclexplode(acl) a
            WHERE a.privilege_type = 'CREATE'
            AND (a.grantee = 0 OR a.grantee IN (SELECT oid FROM role WHERE trust <> 'migrator'))""",
    ),
    Rule(
        "may-connect",
        "{detail} on {object} lets strangers in or temporary tables be made: revoke it.",
        """SELECT 'database ' || datname AS object, a.privilege_type || ' for ' ||
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS detail
            FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) a
            WHERE datname = current_database()
            AND ((a.grantee = 0 AND a.privilege_type IN ('CONNECT', 'TEMPORARY'))
                 OR (a.privilege_type = 'TEMPORARY' AND a.grantee IN
                     (SELECT oid FROM role WHERE trust <> 'migrator')))""",
    ),
)

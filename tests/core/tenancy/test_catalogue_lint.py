"""Each rule of the catalogue lint finds the hole it is for, and the product has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.tenancy.catalogue_lint import ALLOWED, RULES, SHORTEST_REASON, Allowed, lint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from core.tenancy.catalogue_lint import Finding
    from core.testing.database import TestDatabase

T = "core.account"
READ = "SELECT * FROM core.account"
OWN = "tenant_id = NULLIF(current_setting('app.tenant', true), '')::int"
SCRATCH = "CREATE TABLE core.scratch (tenant_id bigint, id uuid, PRIMARY KEY (tenant_id, id))"
RUNTIME, MINISTRY, BACKUP = "annhi_test_runtime", "annhi_test_ministry", "annhi_test_backup"
ARCHIVE = "annhi_test_archive"

# rule, where it must be found, the hole
FAULTS: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("row-security", T, [f"ALTER TABLE {T} DISABLE ROW LEVEL SECURITY"]),
    ("row-security", T, [f"ALTER TABLE {T} NO FORCE ROW LEVEL SECURITY"]),
    ("row-security", "core.scratch", [SCRATCH]),
    ("tenant-wall", T, [f"DROP POLICY tenant_wall ON {T}"]),
    ("tenant-wall", T, [f"ALTER POLICY tenant_wall ON {T} USING (true)"]),
    ("tenant-wall", T, [f"ALTER POLICY tenant_wall ON {T} TO {MINISTRY}"]),
    (
        "tenant-wall",
        T,
        [
            f"DROP POLICY tenant_wall ON {T}",
            f"CREATE POLICY tenant_wall ON {T} AS RESTRICTIVE FOR SELECT USING ({OWN})",
        ],
    ),
    (
        "tenant-wall",
        T,
        [f"ALTER POLICY tenant_wall ON {T} USING ({OWN} OR tenant_id = 1)"],
    ),
    ("open-policy", T, [f"CREATE POLICY second ON {T} USING (is_active)"]),
    ("open-policy", T, [f"CREATE POLICY second ON {T} FOR SELECT TO {BACKUP} USING (true)"]),
    ("with-check-true", T, [f"CREATE POLICY second ON {T} FOR INSERT WITH CHECK (true)"]),
    ("with-check-true", T, [f"CREATE POLICY second ON {T} FOR UPDATE USING (true)"]),
    ("ministry-reads", T, [f"GRANT SELECT ON {T} TO {MINISTRY}"]),
    ("ministry-reads", T, [f"GRANT SELECT (login) ON {T} TO {MINISTRY}"]),
    (
        "ministry-reads",
        T,
        [f"CREATE POLICY ministry_login ON {T} FOR SELECT TO {MINISTRY} USING (true)"],
    ),
    ("ministry-reads", T, [f"ALTER POLICY tenant_wall ON {T} TO {RUNTIME}"]),
    (
        "foreign-key",
        "core.sign_in",
        [
            "ALTER TABLE core.account ADD UNIQUE (id)",
            "ALTER TABLE core.sign_in ADD FOREIGN KEY (account_id) REFERENCES core.account (id)",
        ],
    ),
    (
        "foreign-key",
        "core.scratch",
        [
            "CREATE TABLE core.scratch (owner bigint, account_id uuid)",
            (
                "ALTER TABLE core.scratch ADD FOREIGN KEY (owner, account_id) "
                "REFERENCES core.account (tenant_id, id)"
            ),
        ],
    ),
    ("sleeping-key", "core.sign_in", ["ALTER TABLE core.sign_in DISABLE TRIGGER ALL"]),
    (
        "sleeping-key",
        T,
        [f"ALTER TABLE {T} ADD FOREIGN KEY (tenant_id) REFERENCES core.tenant NOT VALID"],
    ),
    ("unique-key", T, [f"CREATE UNIQUE INDEX ON {T} (login)"]),
    ("unique-key", T, [f"CREATE UNIQUE INDEX ON {T} (lower(login)) WHERE tenant_id > 0"]),
    ("unique-key", T, [f"CREATE UNIQUE INDEX ON {T} (login) INCLUDE (tenant_id)"]),
    ("unique-key", T, [f"ALTER TABLE {T} ADD EXCLUDE USING btree (login WITH =)"]),
    (
        "primary-key",
        "core.scratch",
        ["CREATE TABLE core.scratch (tenant_id bigint, id uuid, PRIMARY KEY (id, tenant_id))"],
    ),
    ("primary-key", "core.scratch", ["CREATE TABLE core.scratch (tenant_id bigint, id uuid)"]),
    ("counter", T, [f"ALTER TABLE {T} ADD number bigint GENERATED ALWAYS AS IDENTITY"]),
    ("counter", T, [f"ALTER TABLE {T} ADD number bigserial"]),
    ("shared-table", "core.scratch", ["CREATE TABLE core.scratch (id uuid)"]),
    ("shared-table", "scratch.all", ["CREATE SCHEMA scratch", "CREATE TABLE scratch.all (id int)"]),
    ("unlogged", "core.scratch", [SCRATCH.replace("TABLE", "UNLOGGED TABLE", 1)]),
    ("view", "core.seen", [f"CREATE VIEW core.seen AS {READ}"]),
    (
        "view",
        "core.seen",
        [f"CREATE VIEW core.seen WITH (security_invoker = off) AS {READ}"],
    ),
    (
        "materialised-view",
        "core.kept",
        [f"CREATE MATERIALIZED VIEW core.kept AS {READ}"],
    ),
    (
        "definer",
        "core.peek",
        ["CREATE FUNCTION core.peek() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1'"],
    ),
    (
        "leakproof",
        "core.peek",
        ["CREATE FUNCTION core.peek() RETURNS int LEAKPROOF LANGUAGE sql AS 'SELECT 1'"],
    ),
    ("owner", T, [f"ALTER TABLE {T} OWNER TO {RUNTIME}"]),
    ("owner", "core.scratch", [SCRATCH]),
    ("table-grant", T, [f"GRANT TRUNCATE ON {T} TO {RUNTIME}"]),
    ("table-grant", T, [f"GRANT REFERENCES ON {T} TO {RUNTIME}"]),
    ("table-grant", T, [f"GRANT REFERENCES (login) ON {T} TO {RUNTIME}"]),
    ("table-grant", T, [f"GRANT TRIGGER ON {T} TO {RUNTIME}"]),
    ("stranger", T, [f"GRANT SELECT ON {T} TO PUBLIC"]),
    ("stranger", T, ["CREATE ROLE annhi_test_guest", f"GRANT SELECT ON {T} TO annhi_test_guest"]),
    ("reader-writes", T, [f"GRANT INSERT ON {T} TO {BACKUP}"]),
    ("reader-writes", "core.area", [f"GRANT UPDATE (name) ON core.area TO {MINISTRY}"]),
    ("reader-writes", T, [f"GRANT UPDATE ON {T} TO {ARCHIVE}"]),
    ("archive-reads", T, [f"GRANT SELECT ON {T} TO {ARCHIVE}"]),
    ("shared-write", "core.tenant", [f"GRANT INSERT ON core.tenant TO {RUNTIME}"]),
    (
        "partition-grant",
        "core.part",
        [
            "CREATE TABLE core.parted (tenant_id bigint, id uuid) PARTITION BY LIST (tenant_id)",
            "CREATE TABLE core.part PARTITION OF core.parted FOR VALUES IN (1)",
            f"GRANT SELECT ON core.part TO {RUNTIME}",
        ],
    ),
    (
        "default-grant",
        "postgres",
        [f"ALTER DEFAULT PRIVILEGES IN SCHEMA core GRANT SELECT ON TABLES TO {MINISTRY}"],
    ),
    ("may-create", "schema core", ["GRANT CREATE ON SCHEMA core TO PUBLIC"]),
    ("may-create", "schema public", ["GRANT CREATE ON SCHEMA public TO PUBLIC"]),
    ("may-create", "schema core", [f"GRANT CREATE ON SCHEMA core TO {RUNTIME}"]),
    ("may-create", "database *", [f"GRANT CREATE ON DATABASE {{database}} TO {RUNTIME}"]),
    ("may-connect", "database *", ["GRANT CONNECT ON DATABASE {database} TO PUBLIC"]),
    ("may-connect", "database *", [f"GRANT TEMPORARY ON DATABASE {{database}} TO {RUNTIME}"]),
)

# Roles belong to the whole server: these holes are made in logins of a prefix of their own.
LOGINS = tuple(
    f"CREATE ROLE strange_{name}" for name in ("migrator", "runtime", "ministry", "archive")
)
PINNED = "ALTER ROLE strange_ministry SET search_path = pg_catalog, pg_temp"
LOGIN_FAULTS: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("login-missing", "strange_backup", ()),
    ("login-rights", "strange_backup", ["CREATE ROLE strange_backup SUPERUSER"]),
    ("login-rights", "strange_runtime", ["ALTER ROLE strange_runtime BYPASSRLS"]),
    ("login-rights", "strange_runtime", ["ALTER ROLE strange_runtime CREATEROLE"]),
    ("login-rights", "strange_ministry", ["ALTER ROLE strange_ministry CREATEDB"]),
    ("login-rights", "strange_migrator", ["ALTER ROLE strange_migrator REPLICATION"]),
    ("login-setting", "strange_runtime", ()),
    (
        "login-setting",
        "strange_ministry",
        [PINNED, "ALTER ROLE strange_ministry SET app.tenant = 1"],
    ),
    (
        "login-setting",
        "strange_ministry",
        [PINNED, "ALTER ROLE strange_ministry SET row_security = off"],
    ),
    ("membership", "strange_runtime", ["GRANT strange_migrator TO strange_runtime"]),
    ("membership", "strange_runtime", ["GRANT pg_read_all_data TO strange_runtime"]),
    ("membership", "strange_guest", ["CREATE ROLE strange_guest IN ROLE strange_runtime"]),
)


@pytest.fixture
def admin(database: TestDatabase) -> Iterator[Connection]:
    """The administrator, whose holes are all taken back."""
    with database.admin.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def test_core_has_no_hole_for_the_migration_login_and_the_administrator(
    database: TestDatabase, admin: Connection
) -> None:
    prefix = database.addresses.prefix
    with database.owner.connect() as owner:
        assert lint(owner, prefix=prefix) == []
    assert lint(admin, prefix=prefix) == []


@pytest.mark.parametrize(
    ("rule", "where", "hole"), FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(FAULTS)]
)
def test_each_hole_is_found(
    database: TestDatabase, admin: Connection, rule: str, where: str, hole: Sequence[str]
) -> None:
    name = database.addresses.database
    for statement in hole:
        admin.exec_driver_sql(statement.replace("{database}", name))
    found = lint(admin, prefix=database.addresses.prefix)
    assert (rule, where.replace("*", name)) in {(f.rule, f.object) for f in found}
    assert _is_one_sentence_with_its_cure(found)


@pytest.mark.parametrize(
    ("rule", "where", "hole"), LOGIN_FAULTS, ids=[f"{n}-{f[0]}" for n, f in enumerate(LOGIN_FAULTS)]
)
def test_each_hole_in_a_login_is_found(
    admin: Connection, rule: str, where: str, hole: Sequence[str]
) -> None:
    for statement in LOGINS:
        admin.exec_driver_sql(statement)
    for statement in hole:
        last_seen = _logins_found(admin)
        admin.exec_driver_sql(statement)
    assert not hole or (rule, where) not in last_seen
    assert (rule, where) in _logins_found(admin)


def test_every_rule_is_shown_to_fire() -> None:
    shown = {fault[0] for fault in (*FAULTS, *LOGIN_FAULTS)}
    assert shown == {rule.key for rule in RULES}


def test_a_view_that_asks_for_its_readers_rights_is_no_hole(
    database: TestDatabase, admin: Connection
) -> None:
    admin.exec_driver_sql(
        "CREATE VIEW core.v WITH (security_invoker) AS SELECT 1 FROM core.account"
    )
    admin.exec_driver_sql("ALTER VIEW core.v OWNER TO annhi_test_migrator")
    assert lint(admin, prefix=database.addresses.prefix) == []


def test_an_allowance_that_nothing_needs_is_a_finding(
    database: TestDatabase, admin: Connection
) -> None:
    entry = Allowed("view", "core.gone", "It was needed by a report that is not there any more.")
    found = lint(admin, prefix=database.addresses.prefix, allowed=(*ALLOWED, entry))
    assert [(f.rule, f.object) for f in found] == [("allow-list", "view: core.gone")]


def test_an_allowance_without_a_whole_reason_is_a_finding(
    database: TestDatabase, admin: Connection
) -> None:
    admin.exec_driver_sql("CREATE VIEW core.seen AS SELECT 1 FROM core.account")
    admin.exec_driver_sql("ALTER VIEW core.seen OWNER TO annhi_test_migrator")
    entry = Allowed("view", "core.seen", "because")
    found = lint(admin, prefix=database.addresses.prefix, allowed=(*ALLOWED, entry))
    assert [(f.rule, f.object) for f in found] == [("allow-list", "view: core.seen")]


def test_every_allowance_says_why_in_a_sentence() -> None:
    for entry in ALLOWED:
        assert len(entry.reason) >= SHORTEST_REASON
        assert entry.reason.endswith(".")


def _logins_found(admin: Connection) -> set[tuple[str, str]]:
    return {(f.rule, f.object) for f in lint(admin, prefix="strange")}


def _is_one_sentence_with_its_cure(found: Sequence[Finding]) -> bool:
    return all(f.message.endswith(".") and ": " in f.message for f in found)

"""Faults that authors make: each a small change of the generated plugin, and what must be found."""

from __future__ import annotations

from dataclasses import dataclass

KEY = "parent_talks"


@dataclass(frozen=True, slots=True)
class Fault:
    """One replacement in one file of the package, and the id of the check that must find it."""

    name: str
    check: str
    file: str
    old: str
    new: str


def _hook(name: str, *body: str) -> str:
    return "\n".join((f"@hookimpl\ndef {name}():", *(f"    {line}" for line in body)))


_FORMS = "forms = hookimpl(lambda: (TALK,))"
_MEASURES = "measures = hookimpl(lambda: MEASURES)"
_FROM = "from core.plugin_api import"
_API = '__import__("core.plugin_api").plugin_api'
_SQL = '__import__("sqlalchemy")'
_WOMEN = 'mapped_column(info=internal("whether mothers come"))'
_FIRST = "migrations/0001_initial.py"
_LAST = "roles = hookimpl"

FAULTS = (
    # the source
    Fault(
        "imports_core",
        "source.imports",
        "reports.py",
        _FROM,
        f"import core.tenancy.session\n{_FROM}",
    ),
    Fault(
        "imports_test_kit",
        "source.imports",
        "demo.py",
        _FROM,
        f"import core.testing.given\n{_FROM}",
    ),
    Fault("imports_socket", "source.network", "reports.py", _FROM, f"import socket\n{_FROM}"),
    Fault(
        "own_engine", "source.engine", "models.py", "import Check", "import create_engine, Check"
    ),
    Fault("own_driver", "source.engine", "demo.py", _FROM, f"import psycopg\n{_FROM}"),
    Fault(
        "sql_without_tenant",
        "source.raw-sql",
        "demo.py",
        "def records",
        'from sqlalchemy import text\n\nALL = text("SELECT * FROM parent_talks.talk")\n\n\n'
        "def records",
    ),
    Fault(
        "reads_environment",
        "source.environment",
        "reports.py",
        _FROM,
        f'import os\nHOME = os.environ.get("HOME")\n{_FROM}',
    ),
    # loading and the card
    Fault("no_card", "card.missing", "plugin.py", "PLUGIN = PluginInfo(", "CARD = PluginInfo("),
    Fault("raises_at_import", "load.raises", "plugin.py", "forms =", "1 / 0\nforms ="),
    Fault(
        "opens_at_import",
        "load.opens",
        "plugin.py",
        "forms =",
        'open("/dev/null").close()\nforms =',
    ),
    Fault("other_key", "card.key", "plugin.py", 'key="parent_talks"', 'key="parents"'),
    Fault("no_owner", "card.complete", "plugin.py", 'owner="parent_talks"', 'owner=""'),
    Fault("odd_version", "card.version", "plugin.py", '"0.1.0"', '"first"'),
    Fault("wrong_range", "card.range", "plugin.py", ">=1.0,<2", ">=7,<8"),
    Fault("open_range", "card.range", "plugin.py", ">=1.0,<2", ">=1.0"),
    Fault(
        "requires_absent",
        "card.requires",
        "plugin.py",
        'api="',
        'requires=("school_milk",),\n    api="',
    ),
    Fault(
        "requires_itself",
        "card.circle",
        "plugin.py",
        'api="',
        'requires=("parent_talks",),\n    api="',
    ),
    Fault(
        "class_too_low",
        "card.highest-class",
        "models.py",
        'internal("how many were reached")',
        f'{_API}.restricted("who")',
    ),
    # the tables
    Fault(
        "other_schema", "models.schema", "models.py", '"schema": "parent_talks"', '"schema": "x"'
    ),
    Fault(
        "no_tenant",
        "models.tenant",
        "models.py",
        "class Talk(AreaScoped, TenantOwned, Base):",
        "class Talk(AreaScoped, Base):\n    tenant_id: Mapped[int] = "
        'mapped_column(primary_key=True, info=internal("x"))',
    ),
    Fault(
        "no_class",
        "models.class",
        "models.py",
        'mapped_column(info=internal("how many were reached"))',
        "mapped_column()",
    ),
    Fault(
        "restricted_in_plain_text",
        "models.sealed",
        "models.py",
        'info=internal("how many were reached")',
        f'info={_API}.restricted("how many were reached")',
    ),
    Fault(
        "key_across_tenants",
        "models.foreign-key",
        "models.py",
        _WOMEN,
        f'mapped_column({_SQL}.ForeignKey("core.child.id"), info=internal("who"))',
    ),
    Fault(
        "key_to_another_plugin",
        "models.foreign-schema",
        "models.py",
        _WOMEN,
        f'mapped_column({_SQL}.ForeignKey("orphan_care.group.id"), info=internal("who"))',
    ),
    Fault(
        "decimal_number",
        "models.type",
        "models.py",
        _WOMEN,
        f'mapped_column({_SQL}.Numeric(), info=internal("share"))',
    ),
    # the hooks
    Fault("unknown_hook", "hooks.contract", "plugin.py", "roles =", "tables ="),
    Fault("hook_raises", "hooks.raises", "plugin.py", _FORMS, _hook("forms", "return 1 / 0")),
    Fault("hook_is_empty", "hooks.nothing", "plugin.py", _FORMS, _hook("forms", "return None")),
    Fault(
        "hook_sleeps",
        "hooks.slow",
        "plugin.py",
        _FORMS,
        _hook("forms", "import time", "time.sleep(3)", "return (TALK,)"),
    ),
    Fault(
        "hook_by_chance",
        "hooks.impure",
        "plugin.py",
        _FORMS,
        _hook(
            "forms",
            "import random, dataclasses",
            "return (dataclasses.replace(TALK, number=str(random.random())),)",
        ),
    ),
    Fault(
        "hook_opens_a_file",
        "hooks.opens",
        "plugin.py",
        _FORMS,
        _hook("forms", 'open("/dev/null").close()', "return (TALK,)"),
    ),
    Fault(
        "hook_connects",
        "hooks.opens",
        "plugin.py",
        _FORMS,
        _hook("forms", "import psycopg", 'psycopg.connect("dbname=x")', "return (TALK,)"),
    ),
    # the declarations
    Fault("id_of_another", "ids.prefix", "forms.py", 'code="parent_talks.talk"', 'code="x.talk"'),
    Fault("code_taken", "ids.taken", "indicators.py", '"PAR-01"', '"DRW-01"'),
    Fault("not_a_declaration", "ids.declaration", "plugin.py", _FORMS, _FORMS.replace("TALK", "1")),
    Fault("right_of_another", "rights.prefix", "permissions.py", '"parent_talks.talk.e', '"core.e'),
    Fault("unknown_role", "rights.role", "permissions.py", '"commune_worker"', '"everybody"'),
    Fault("right_of_nobody", "rights.nobody", "permissions.py", "{ENTER, READ}", "{READ}"),
    Fault("unknown_measure", "figures.measure", "indicators.py", "Count(PEOPLE)", 'Count("p.x")'),
    Fault(
        "bare_string",
        "texts.plain",
        "forms.py",
        'title=Text("Phiếu ghi buổi nói chuyện với cha mẹ", "Talk with parents")',
        'title="Talk with parents"',
    ),
    Fault(
        "untranslated",
        "texts.untranslated",
        "forms.py",
        '"One talk; nobody is named."',
        '"Ghi mỗi buổi nói chuyện, không ghi tên ai."',
    ),
    Fault(
        "english_alone",
        "texts.vietnamese",
        "forms.py",
        '"Phiếu ghi buổi nói chuyện với cha mẹ"',
        '"One talk with the parents"',
    ),
    Fault("language_missing", "load.raises", "forms.py", '"One talk; nobody is named."', '""'),
    # forms, figures, sections
    Fault("answer_without_column", "forms.column", "forms.py", 'name="women"', 'name="mothers"'),
    Fault("list_of_nothing", "forms.list", "forms.py", '"people", "women")', '"people", "place")'),
    Fault("may_be_unanswered", "forms.needed", "forms.py", "required=True, least=0", "least=0"),
    Fault(
        "rule_on_nothing", "forms.rule", "forms.py", 'answer("people").above', 'answer("x").above'
    ),
    Fault(
        "choice_of_nothing", "forms.options", "forms.py", 'kind="integer",\n', 'kind="choice",\n'
    ),
    Fault("long_label", "forms.length", "forms.py", "Số phụ nữ", "Số phụ nữ " * 20),
    Fault("field_twice", "forms.twice", "forms.py", "(DAY, COMMUNE,", "(DAY, DAY, COMMUNE,"),
    Fault("measure_of_nothing", "figures.column", "indicators.py", '"held_on"', '"told_on"'),
    Fault(
        "section_raises",
        "report.raises",
        "reports.py",
        "if counted(figure) is None:",
        "if figure.value > 5:",
    ),
    Fault("section_of_nothing", "report.figure", "reports.py", '"PAR-01"', '"PAR-02"'),
    Fault(
        "section_sleeps",
        "report.slow",
        "reports.py",
        "figure = ",
        "import time; time.sleep(3)\n    figure = ",
    ),
    Fault(
        "section_says_a_string", "report.text", "reports.py", "said.fill(n=figure.count)", '"55"'
    ),
    # the database
    Fault(
        "migration_drifts",
        "migrations.drift",
        _FIRST,
        '"women", sa.Big',
        '"women", sa.Small',
    ),
    Fault(
        "check_is_missing",
        "migrations.checks",
        _FIRST,
        'rules={"women": "women BETWEEN 0 AND people"},',
        "",
    ),
    Fault(
        "migration_fails",
        "migrations.fails",
        _FIRST,
        "women BETWEEN",
        "girls BETWEEN",
    ),
    Fault(
        "no_way_back",
        "migrations.down",
        _FIRST,
        'op.drop_table("talk", schema="parent_talks")',
        "pass",
    ),
    Fault(
        "touches_core",
        "migrations.foreign",
        _FIRST,
        "    op.open_schema",
        '    op.add_column("area", sa.Column("talks", sa.Integer()), schema="core")\n'
        "    op.open_schema",
    ),
    Fault(
        "unprotected",
        "wall.row-security",
        _FIRST,
        "    )\n",
        '    )\n    op.execute("ALTER TABLE parent_talks.talk DISABLE ROW LEVEL SECURITY")\n',
    ),
    # the trial
    Fault("record_refused", "demo.refused", "demo.py", '"women": 25', '"women": 41'),
    Fault(
        "record_by_chance",
        "demo.chance",
        "demo.py",
        "world.random.randint",
        "__import__('random').randint",
    ),
    Fault("no_record", "demo.none", "demo.py", "in world.communes:", "in ():"),
    Fault(
        "stored_by_luck",
        "forms.stored",
        _FIRST,
        "women BETWEEN 0 AND people",
        "women < 5",
    ),
    Fault("other_form", "demo.form", "demo.py", '"parent_talks.talk"', '"parent_talks.walk"'),
    Fault(
        "ends_the_process",
        "load.dies",
        "plugin.py",
        _FORMS,
        _hook("forms", "import os", "os._exit(3)"),
    ),
    Fault(
        "second_time_fails",
        "migrations.again",
        _FIRST,
        "    op.create_record_table(",
        '    op.execute("CREATE SEQUENCE parent_talks.numbers")\n    op.create_record_table(',
    ),
    Fault(
        "kept_by_nobody",
        "forms.kept-by-core",
        "models.py",
        "    generated: Mapped",
        "    not_real: Mapped",
    ),
    Fault("name_in_list", "forms.names", "forms.py", 'kind="commune"', 'kind="text"'),
    Fault(
        "detail_of_nothing", "figures.detail", "indicators.py", 'sums="p', 'detail="women", sums="p'
    ),
    Fault(
        "rows_of_no_record",
        "forms.roster",
        "forms.py",
        "    enters=ENTER,",
        f'    rosters=({_API}.Roster(name="r", title=ALL.label, model=Talk, parent="x_id", '
        "fields=(DAY,)),),\n    enters=ENTER,",
    ),
    Fault("record_of_no_form", "forms.record", "forms.py", 'kind="commune"', 'kind="record"'),
    Fault(
        "offers_no_form",
        "forms.offer",
        "forms.py",
        "    enters=ENTER,",
        f'    offers=({_API}.Offer(form="core.nothing", label=ALL.label),),\n    enters=ENTER,',
    ),
    Fault(
        "confidential_count",
        "figures.sensitivity",
        "models.py",
        "class Talk(",
        f"class Talk({_API}.Confidential, ",
    ),
    Fault(
        "section_of_words",
        "report.block",
        "reports.py",
        "Paragraph(said.fill(n=figure.count)",
        '("55"',
    ),
    Fault(
        "uneven_table",
        "report.table",
        "reports.py",
        "    said = ",
        f"    return ({_API}.Table(TITLE, (TITLE, TITLE), ((figure,),)),)\n    said = ",
    ),
    Fault(
        "event_raises",
        "events.raises",
        "plugin.py",
        _LAST,
        f"on_record_saved = hookimpl(lambda context, record: 1 / 0)\n{_LAST}",
    ),
    Fault(
        "event_asks_for_nothing",
        "events.job",
        "plugin.py",
        _LAST,
        f'on_record_saved = hookimpl(lambda context, record: context.enqueue("x"))\n{_LAST}',
    ),
    Fault(
        "asked_before_off_raises",
        "switching.raises",
        "plugin.py",
        _LAST,
        f"check_switch_off = hookimpl(lambda context: 1 / 0)\n{_LAST}",
    ),
    Fault(
        "asked_before_off_says_a_string",
        "switching.text",
        "plugin.py",
        _LAST,
        f'check_switch_off = hookimpl(lambda context: "records")\n{_LAST}',
    ),
    Fault(
        "route_raises",
        "routes.raises",
        "plugin.py",
        _LAST,
        f'routes = hookimpl(lambda: ({_API}.Route(code="parent_talks.r", path="r", '
        f'permission="parent_talks.talk.read", answer=lambda c: {{"x": c.query["x"]}}),))\n{_LAST}',
    ),
    Fault(
        "export_raises",
        "export.raises",
        "plugin.py",
        _LAST,
        f'exports = hookimpl(lambda: ({_API}.Export(code="parent_talks.e", '
        f'title={_API}.Text("Tệp", "File"), purpose={_API}.Text("Thử", "Try"), '
        f'permission="parent_talks.talk.read", '
        'write=lambda c: c.lines("parent_talks.talk", None)),))'
        f"\n{_LAST}",
    ),
)

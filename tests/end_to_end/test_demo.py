"""``annhi demo`` from nothing to the national sum, and what it says when something is wrong."""

from __future__ import annotations

import json
import re
import socket
import tomllib
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from core.db.cluster import ensure_cluster, remove_cluster
from tests.end_to_end.serving import environment, over, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.isolation.web_world import World

CHILDREN = 300
COMMAND = ["demo", "--once", "--json", "--children", str(CHILDREN)]
# counted from the records by hand, over both provinces; the administrator sees all rows
BY_HAND = {
    "DRW-01": """
        SELECT count(*) FROM drowning_prevention.child_injury_incident
        WHERE occurred_on BETWEEN %(first)s AND %(last)s
        AND cause = 'drowning' AND outcome = 'died' AND age_at_event < 16
    """,
    "LAB-01": """
        SELECT count(*) FROM child_labour.work_screening
        WHERE screened_on BETWEEN %(first)s AND %(last)s
        AND category IN ('child_labour', 'hazardous_child_labour', 'worst_form')
    """,
    "ABU-01": """
        SELECT count(*) FROM sexual_abuse.sa_case
        WHERE CAST(received_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)
        BETWEEN %(first)s AND %(last)s
    """,
    "ORP-01": """
        SELECT count(*) FROM orphan_care.orphan_care_record
        WHERE detected_on <= %(last)s AND (ended_on IS NULL OR ended_on > %(last)s)
    """,
}
# Lao Cai's directive does not name the care of orphans: the programme is off there
CONTRIBUTING = {"ORP-01": 1}
PERIODS = {"2018-H1": ("2018-01-01", "2018-06-30"), "2018": ("2018-01-01", "2018-12-31")}


@dataclass(frozen=True)
class Shown:
    """What one run of the demonstration left."""

    home: Path
    out: Path
    said: dict[str, Any]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The demonstration in a home of its own, with a server of its own."""
    home = tmp_path_factory.mktemp("demo")
    try:
        done = run([*COMMAND, "--out", str(home / "out")], environment(home), home)
        # root is told that the database lies where the user of PostgreSQL can reach it
        assert (done.returncode, done.stderr.count("\n") <= 1) == (0, True), done.stderr
        yield Shown(home, home / "out", json.loads(done.stdout))
    finally:
        remove_cluster(home)


def _count(shown: Shown, statement: str, **values: Any) -> int:
    url = ensure_cluster(shown.home).url("annhi").replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode(), values).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.slow
def test_every_document_that_is_named_is_there(shown: Shown) -> None:
    assert {t["tenant"] for t in shown.said["tenants"]} == {"an_giang", "lao_cai", "ministry"}
    names = {path.name for path in shown.out.iterdir()}
    expected = {f"{t}-{p}" for t in ("an_giang", "lao_cai", "ministry") for p in PERIODS}
    assert {name.removesuffix(".html") for name in names if name.endswith(".html")} >= expected
    for path in shown.said["documents"]:
        content = (shown.home / path).read_bytes()
        assert content
        assert "do máy tạo".encode() in content or not path.endswith(".html")


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", BY_HAND)
def test_the_national_sum_is_what_counting_the_records_by_hand_gives(
    shown: Shown, code: str, period: str
) -> None:
    line = shown.said["national"][period][code]
    first, last = PERIODS[period]
    by_hand = _count(shown, BY_HAND[code], first=first, last=last)
    provinces = [int(value) for value in line["provinces"].values() if value is not None]
    assert line["contributing"] == len(provinces) == CONTRIBUTING.get(code, 2)
    assert int(line["value"]) == sum(provinces) == by_hand
    assert by_hand > 0 or period != "2018"


@pytest.mark.slow
def test_running_it_again_changes_nothing(shown: Shown) -> None:
    counts = (
        "SELECT (SELECT count(*) FROM core.child), (SELECT count(*) FROM core.account), "
        "(SELECT count(*) FROM core.form_entry), (SELECT count(*) FROM core.report)"
    )
    total = f"SELECT hashtext(CAST(row({counts.removeprefix('SELECT ')}) AS text))"
    before = _count(shown, total)
    documents = {path.name: path.read_bytes() for path in shown.out.iterdir()}
    env = environment(shown.home)
    again = run([*COMMAND, "--out", str(shown.out)], env, shown.home)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["national"] == shown.said["national"]
    assert _count(shown, total) == before
    html = {name: body for name, body in documents.items() if name.endswith(".html")}
    assert {name: (shown.out / name).read_bytes() for name in html} == html


def _one_sentence(world: World, home: Path, arguments: list[str], **more: str) -> str:
    """Run a command that must fail, and give the one line it says."""
    done = run(arguments, over(world.database, home) | more, home)
    assert done.returncode == 1, done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.mark.slow
def test_a_port_in_use_is_one_sentence(world: World, world_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = _one_sentence(world, world_home, ["serve"], ANNHI_PORT=port)
    assert port in said
    assert "in use" in said


@pytest.mark.slow
def test_an_unknown_programme_is_one_sentence(world: World, world_home: Path) -> None:
    said = _one_sentence(world, world_home, ["programme", "on", "no_such", "--tenant", "an_giang"])
    assert "no such programme" in said
    assert "drowning_prevention" in said


@pytest.mark.slow
def test_an_unknown_tenant_is_one_sentence(world: World, world_home: Path) -> None:
    said = _one_sentence(
        world, world_home, ["programme", "on", "child_labour", "--tenant", "no-such"]
    )
    assert "no-such" in said


@pytest.mark.slow
def test_an_unreachable_database_is_one_sentence_without_its_password(
    world: World, world_home: Path
) -> None:
    url = "postgresql://annhi:a-secret-word@127.0.0.1:1/annhi"
    for command in (["serve"], ["demo", "--once"], ["migrate"]):
        said = _one_sentence(world, world_home, command, DATABASE_URL=url)
        assert "cannot be reached" in said
        assert "a-secret-word" not in said


@pytest.mark.slow
def test_a_wrong_tenant_file_is_told_with_file_line_and_field(
    world: World, world_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "tenants"
    folder.mkdir()
    for file in world_home.joinpath("tenants").rglob("*.toml"):
        copy = folder / file.relative_to(world_home / "tenants")
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    wrong = folder / "lao_cai/tenant.toml"
    text = wrong.read_text(encoding="utf-8")
    wrong.write_text(text.replace('province_code = "10"', 'province_code = "99"'), encoding="utf-8")
    env = over(world.database, world_home) | {"ANNHI_TENANTS": str(folder)}
    done = run(["tenant", "check"], env, tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "lao_cai/tenant.toml:16" in done.stderr
    assert "province_code" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
def test_every_target_and_quantity_of_the_programme_is_a_row_of_its_report(
    shown: Shown, period: str
) -> None:
    declared = tomllib.loads(Path("tenants/an_giang/tenant.toml").read_text(encoding="utf-8"))
    plan = declared["plan"]
    quantities = [each for each in plan["activities"] if "quantity" in each]
    tables = _tables(shown.out / f"an_giang-{period}.html", "core.targets")
    assert [len(rows) for rows in tables] == [len(plan["targets"]), len(quantities)]
    titles = {cell for rows in tables for row in rows for cell in row}
    assert {each["vi"] for each in quantities} <= titles
    said = re.compile(r"(Ước |)(đạt|vượt|chưa đạt)|Đạt|Vượt|Chưa đạt|Chưa đánh giá")
    assert all(said.fullmatch(row[-1]) for rows in tables for row in rows)
    # this province declares no target, and has neither the table nor an empty one
    assert _tables(shown.out / f"lao_cai-{period}.html", "core.targets") == []


def _tables(path: Path, section: str) -> list[list[list[str]]]:
    """The body rows of every table in a section of a report, as text."""
    page = path.read_text(encoding="utf-8")
    found = re.search(rf'<section data-section="{section}">.*?</section>', page, re.DOTALL)
    bodies = re.findall(r"<tbody>(.*?)</tbody>", found[0], re.DOTALL) if found else []
    return [
        [
            [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)]
            for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
        ]
        for body in bodies
    ]

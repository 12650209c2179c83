"""``annhi bench NAME``: what the platform costs, as ratios to a floor."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli.shell import as_json, settings, tell, tell_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.bench.measure import Ratio


class Suite(StrEnum):
    """What can be measured."""

    CORE = "core"
    ACCESS = "access"
    FIGURES = "figures"
    PLUGINS = "plugins"
    IMPORT = "import"
    SEARCH = "search"
    SAVE = "save"
    LIST = "list"


class Size(StrEnum):
    """How much is measured; ``small`` only shows that it runs."""

    SMALL = "small"
    FULL = "full"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("bench")(bench)


def bench(
    suite: Annotated[
        Suite,
        typer.Argument(metavar="NAME", help="What to measure."),
    ],
    *,
    size: Annotated[Size, typer.Option(help="small only shows that it runs.")] = Size.FULL,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure against a floor in the same run, in a database that is dropped afterwards."""
    from core.bench.access_suite import run_access
    from core.bench.core_suite import run_core
    from core.bench.figures_suite import run_figures
    from core.bench.import_suite import run_import
    from core.bench.list_suite import run_list
    from core.bench.plugins_suite import run_plugins
    from core.bench.save_suite import run_save
    from core.bench.search_suite import run_search

    suites = {
        Suite.CORE: run_core,
        Suite.ACCESS: run_access,
        Suite.FIGURES: run_figures,
        Suite.PLUGINS: run_plugins,
        Suite.IMPORT: run_import,
        Suite.SEARCH: run_search,
        Suite.SAVE: run_save,
        Suite.LIST: run_list,
    }
    run = suites[suite]
    ratios = run(settings(), size.value, say=tell_beside if json else tell)
    if json:
        as_json({ratio.name: ratio.as_dict() for ratio in ratios})
        return
    for line in _table(ratios):
        tell(line)


def _table(ratios: Sequence[Ratio]) -> list[str]:
    lines = [
        "",
        f"{'':<28}{'ratio':>7}  {'goal':>6}  {'':<7}{'floor ms':>9}{'ours ms':>9}  quartiles",
    ]
    for ratio in ratios:
        goal = "" if ratio.goal is None else f"{'≥' if ratio.at_least else '≤'} {ratio.goal:g}"
        met = "" if ratio.goal is None else ("met" if ratio.meets_goal else "MISSED")
        lines.append(
            f"{ratio.name:<28}{ratio.ratio:>7.3f}  {goal:>6}  {met:<7}"
            f"{ratio.floor_ms:>9.3f}{ratio.ours_ms:>9.3f}  {ratio.low:.3f} to {ratio.high:.3f}"
        )
    for ratio in ratios:
        for plan in ratio.plans:
            lines += ["", plan]
    return lines

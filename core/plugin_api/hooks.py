"""The hooks. Contributions are plural nouns: called once at start-up, pure, without a database.

Events begin with ``on_``: after commit, as a job, safe to repeat, results ignored. Checks begin
with ``check_``: inside the transaction, they may refuse, and an exception refuses too. Order
never matters: core sorts by plugin key, then by code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.kit.language import Text
    from core.plugin_api.alerts import Alert
    from core.plugin_api.exports import Export
    from core.plugin_api.figures import Indicator, Measure
    from core.plugin_api.forms import Form
    from core.plugin_api.handovers import Gives, Takes
    from core.plugin_api.values import (
        DemoWorld,
        EventContext,
        Job,
        RecordView,
        ReportSection,
        RoleRights,
        Route,
        Submission,
        SwitchContext,
    )

PROJECT = "annhi"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Every hook of the contract; a plugin module implements those it needs with ``@hookimpl``."""

    @hookspec
    def forms(self) -> Sequence[Form]:
        """The programme's forms. Called at start-up; ids begin with the plugin's key."""

    @hookspec
    def measures(self) -> Sequence[Measure]:
        """What is counted. Called at start-up; codes begin with the plugin's key."""

    @hookspec
    def indicators(self) -> Sequence[Indicator]:
        """What is derived from measures. Called at start-up; codes are unique over all plugins."""

    @hookspec
    def report_sections(self) -> Sequence[ReportSection]:
        """Sections of periodic reports. Called at start-up.

        ``write`` is called for each report of a tenant that had the programme on in the period.
        """

    @hookspec
    def routes(self) -> Sequence[Route]:
        """Reading routes of the API. Called at start-up; core mounts them behind its own checks."""

    @hookspec
    def roles(self) -> Sequence[RoleRights]:
        """What core's roles may do in this programme. Called at start-up."""

    @hookspec
    def jobs(self) -> Sequence[Job]:
        """Work for the worker. Called at start-up; a job of a switched-off programme is dropped."""

    @hookspec
    def exports(self) -> Sequence[Export]:
        """Files for the outside, such as a donor's log frame. Called at start-up.

        ``write`` is called when somebody takes one away, in a request of a tenant that has the
        programme on; it is given published figures alone, and no record of a person.
        """

    @hookspec
    def alerts(self) -> Sequence[Alert]:
        """What must not be overlooked in the programme's records. Called at start-up.

        A job looks for each tenant that has the programme on, raises what is new and settles
        what is over; where the programme is off, its alerts are neither shown nor touched.
        """

    @hookspec
    def handovers(self) -> Sequence[Gives | Takes]:
        """What the programme's records tell others, and what it takes up of theirs.

        Called at start-up. Codes begin with the plugin's key; a ``Takes`` names a hand-over of
        core or of another plugin, which may be off or not installed. What nobody takes is told to
        the province's officers.
        """

    @hookspec
    def demo_records(self, world: DemoWorld) -> Iterable[Submission]:
        """Generated records for the demonstration, for one tenant and year; seeded, marked."""

    @hookspec
    def on_record_saved(self, context: EventContext, record: RecordView) -> None:
        """A record of any form was stored.

        After commit, as a job, in the tenant's enabled plugins only; an exception is reported and
        this plugin alone is told again.
        """

    @hookspec
    def check_switch_off(self, context: SwitchContext) -> Text | None:
        """Asked before the programme is switched off.

        A text says what would be left open, and the officer must confirm. In the switching
        transaction; an exception refuses until the officer confirms.
        """

"""The registry: what is installed, what is on in a tenant, and every call of a hook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.registry.catalogue import CORE, Catalogue, Contribution
from core.registry.errors import PluginError, UnknownProgrammeError
from core.registry.loading import LoadedPlugin, build_manager, installed_entry_points, load_plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.kit.language import Text
    from core.migrations.runner import AnyChain
    from core.plugin_api.info import PluginInfo
    from core.plugin_api.values import (
        DemoWorld,
        EventContext,
        RecordView,
        Submission,
        SwitchContext,
    )
    from core.registry.loading import PluginPoint

_CONTRIBUTIONS = (
    "forms",
    "measures",
    "indicators",
    "report_sections",
    "routes",
    "roles",
    "jobs",
    "exports",
    "alerts",
    "handovers",
)


class Registry:
    """Built once by the composition root; immutable, shared by all threads.

    What a tenant has on is read from its records at each request; the work for one set of
    enabled programmes is done once and kept, so that an installed but switched-off plugin costs
    a request nothing.
    """

    def __init__(self, plugins: Sequence[LoadedPlugin], core: Contribution) -> None:
        """Call every contribution hook once and index what comes back."""
        self._plugins = {plugin.info.key: plugin for plugin in plugins}
        self._manager = build_manager(plugins)
        in_order = (self._plugins[info.key] for info in self.plugins)
        contributions = [core, *(self._contribution_of(plugin) for plugin in in_order)]
        self.catalogue = Catalogue(tuple(contributions))
        self._check_measures_are_required()
        self._enabled: dict[frozenset[str], EnabledProgrammes] = {}

    @classmethod
    def discover(
        cls,
        core: Contribution,
        *,
        points: Sequence[PluginPoint] | None = None,
        trusted: frozenset[str] | None = None,
    ) -> Registry:
        """Load what is installed.

        Raises:
            PluginError: a plugin does not load; names it and the reason.
        """
        found = installed_entry_points() if points is None else points
        return cls(load_plugins(found, trusted=trusted), core)

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """The cards of all plugins, in the order of menus and reports."""
        cards = (plugin.info for plugin in self._plugins.values())
        return tuple(sorted(cards, key=lambda info: (info.order, info.key)))

    @property
    def chains(self) -> tuple[AnyChain, ...]:
        """The plugins' migrations, each after those of the plugins it requires."""
        return tuple(p.chain for p in self._plugins.values() if p.chain is not None)

    def info(self, key: str) -> PluginInfo:
        """The card of one plugin.

        Raises:
            UnknownProgrammeError: no installed plugin has this key.
        """
        plugin = self._plugins.get(key)
        if plugin is None:
            raise UnknownProgrammeError(tuple(sorted(self._plugins)))
        return plugin.info

    def requiring(self, key: str) -> tuple[PluginInfo, ...]:
        """The plugins that need this one on."""
        return tuple(info for info in self.plugins if key in info.requires)

    def enabled(self, keys: Iterable[str]) -> EnabledProgrammes:
        """What exists for a tenant with these programmes on; keys of absent plugins count not."""
        wanted = frozenset(keys).intersection(self._plugins)
        known = self._enabled.get(wanted)
        if known is None:
            known = EnabledProgrammes(self, wanted)
            self._enabled[wanted] = known
        return known

    def subset(self, hook: str, keys: frozenset[str]) -> object:
        """Pluggy's caller of one hook over the given plugins alone."""
        others = [p.module for key, p in self._plugins.items() if key not in keys]
        return self._manager.subset_hook_caller(hook, others)

    def _check_measures_are_required(self) -> None:
        """An indicator on another plugin's measure would break where that one is off."""
        for code, indicator in self.catalogue.indicators.items():
            owner = self.catalogue.owner_of[code]
            if owner == CORE:
                continue
            allowed = {CORE, owner, *self._plugins[owner].info.requires}
            for measure in self.catalogue.measures_of(indicator):
                other = self.catalogue.owner_of[measure]
                if other not in allowed:
                    raise PluginError(
                        owner,
                        f"indicator {code} names {measure} of {other}, which it does not require.",
                    )

    def _contribution_of(self, plugin: LoadedPlugin) -> Contribution:
        only = frozenset({plugin.info.key})
        given: dict[str, tuple[object, ...]] = {}
        for hook in _CONTRIBUTIONS:
            try:
                caller: Any = self.subset(hook, only)
                answers = caller()
                if len(answers) < len(caller.get_hookimpls()):  # pluggy leaves out a None
                    raise TypeError("it returned nothing")  # noqa: TRY301  named below
                given[hook] = tuple(item for answer in answers for item in answer)
            except Exception as error:
                raise PluginError(
                    plugin.info.key, f"its hook {hook} failed ({type(error).__name__}: {error})."
                ) from error
        return Contribution(owner=plugin.info.key, **given)  # type: ignore[arg-type]  # checked next


class EnabledProgrammes:
    """The world as one set of enabled programmes makes it; compiled once per set."""

    def __init__(self, registry: Registry, keys: frozenset[str]) -> None:
        """Filter the declarations and bind the hooks."""
        self.keys = keys
        self.infos = tuple(info for info in registry.plugins if info.key in keys)
        self.catalogue = registry.catalogue.of(keys)
        self._registry = registry
        self.hearing = tuple(key for key in sorted(keys) if self._hears(key))

    def has(self, owner: str) -> bool:
        """Whether the owner of a form, route or section is there: core always is."""
        return owner == CORE or owner in self.keys

    @property
    def hears_of_records(self) -> bool:
        """Whether any enabled plugin wants to know of stored records."""
        return bool(self.hearing)

    def tell_record_saved(self, key: str, context: EventContext, record: RecordView) -> None:
        """Call ``on_record_saved`` of one of the ``hearing`` plugins."""
        caller: Any = self._registry.subset("on_record_saved", frozenset({key}))
        caller(context=context, record=record)

    def objections_to_switching_off(self, key: str, context: SwitchContext) -> tuple[Text, ...]:
        """What ``check_switch_off`` of this one plugin says."""
        caller = self._registry.subset("check_switch_off", frozenset({key}))
        answers = caller(context=context)  # type: ignore[operator]  # pluggy's caller
        return tuple(answers)

    def _hears(self, key: str) -> bool:
        caller: Any = self._registry.subset("on_record_saved", frozenset({key}))
        return bool(caller.get_hookimpls())

    def demo_records(self, world: DemoWorld) -> Iterable[Submission]:
        """Generated records of the enabled plugins, plugin by plugin in order of their keys.

        Raises:
            PluginError: one cannot make them; a demonstration that lacks a programme is none.
        """
        for key in sorted(self.keys):
            caller: Any = self._registry.subset("demo_records", frozenset({key}))
            try:
                given = [one for records in caller(world=world) for one in records]
            except Exception as error:
                reason = f"its hook demo_records failed ({type(error).__name__}: {error})."
                raise PluginError(key, reason) from error
            yield from given

"""Fault: the card is not even complete enough to be made."""

from core.plugin_api import PluginInfo

PLUGIN = PluginInfo(key="half_a_card")  # type: ignore[call-arg]  # the fault

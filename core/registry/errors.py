"""What can be wrong with a plugin or a switch, each in one plain sentence."""

from __future__ import annotations

from core.kit.errors import ConfigurationError, ConflictError, PlatformError
from core.kit.language import Text


class PluginError(ConfigurationError):
    """A plugin that does not load stops the start; the sentence names it and the reason."""

    code = "registry.plugin"

    def __init__(self, plugin: str, reason: str) -> None:
        """Name the plugin first."""
        super().__init__(f"Plugin {plugin}: {reason}")
        self.plugin = plugin


class UnknownProgrammeError(PlatformError):
    """No installed plugin has this key."""

    code = "registry.unknown_programme"
    status = 404

    def __init__(self, known: tuple[str, ...]) -> None:
        """Say which there are; not what was asked for, as no error tells what was sent."""
        names = ", ".join(known)
        super().__init__(
            Text(
                vi=f"Không có chương trình này. Các chương trình đã cài đặt: {names}.",
                en=f"There is no such programme. Installed: {names}.",
            )
        )


class SwitchRefusedError(ConflictError):
    """The programme cannot be switched as asked; the sentence says why."""

    code = "registry.switch_refused"

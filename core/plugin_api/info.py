"""What a plugin says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.db.base import DataClass
    from core.kit.language import Text

API_VERSION = "1.4"


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginInfo:
    """The plugin's own card; core refuses a plugin whose card is incomplete.

    ``key`` is one name everywhere: entry point, database schema, prefix of ids and permissions.
    ``api`` is a range such as ``">=1.0,<2"`` that must contain ``API_VERSION``. ``requires``
    lists the keys of plugins that must be on in a tenant before this one may be. ``order`` sorts
    report sections and menus, ties by key. A ``project`` is a partner's, not a programme of the
    state: it shows its people nothing but what an agreement on it grants.
    """

    key: str
    version: str
    name: Text
    purpose: Text
    legal_basis: tuple[str, ...]
    owner: str
    contact: str
    api: str
    highest_class: DataClass
    requires: tuple[str, ...] = ()
    order: int = 100
    project: bool = False

"""What the hooks declare: ids, rights, and texts in both languages."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from core.authoring.checks.hooks import implementation
from core.authoring.finding import Finding
from core.contribution import core_contribution
from core.identity.roles import BY_CODE
from core.kit.language import Text
from core.plugin_api.figures import measures_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.authoring.subject import Loaded

_WITH_CODES = (
    "forms",
    "measures",
    "indicators",
    "report_sections",
    "routes",
    "jobs",
    "exports",
    "alerts",
    "handovers",
)
_ALL = (*_WITH_CODES, "roles")
_TEXTS = frozenset(
    {"name", "title", "label", "purpose", "definition", "unit", "help", "suffix", "message"}
)
_SAME = 3
_PLAIN = 4


def ids(loaded: Loaded) -> Iterator[Finding]:
    """Ids begin with the key and are nobody else's."""
    taken = dict(_taken(loaded))
    for kind, item in _items(loaded, _WITH_CODES):
        code = getattr(item, "code", None)
        if not isinstance(code, str):
            yield Finding(
                "ids.declaration",
                kind,
                f"holds a {type(item).__name__}, which is no declaration.",
                "Return the values of core.plugin_api.",
            )
            continue
        if kind != "indicators" and not code.startswith(f"{loaded.key}."):
            yield Finding(
                "ids.prefix",
                code,
                f"does not begin with {loaded.key}.",
                "Rename it so that it does.",
            )
        if code in taken:
            wrong = f"is declared by {taken[code]} already."
            yield Finding("ids.taken", code, wrong, "Choose another code; one is never used again.")
        taken[code] = f"{loaded.key} itself"


def rights(loaded: Loaded) -> Iterator[Finding]:
    """Rights begin with the key and go to roles that there are; every form can be used."""
    given: set[str] = set()
    for _, item in _items(loaded, ("roles",)):
        given |= item.permissions
        if item.role not in BY_CODE:
            yield Finding(
                "rights.role",
                str(item.role),
                "is no role of the platform.",
                f"The roles are: {', '.join(BY_CODE)}.",
            )
        for permission in sorted(item.permissions):
            if not permission.startswith(f"{loaded.key}."):
                yield Finding(
                    "rights.prefix",
                    permission,
                    f"does not begin with {loaded.key}.",
                    "A plugin gives rights in its own programme alone: rename it.",
                )
    for _, item in _items(loaded, ("forms", "routes", "exports")):
        for name in ("enters", "sees", "permission"):
            permission = getattr(item, name, None)
            if permission is not None and permission not in given:
                yield Finding(
                    "rights.nobody",
                    item.code,
                    f"needs the right {permission}, which no role has.",
                    "Give it to a role in the hook roles.",
                )
    for _, item in _items(loaded, ("alerts",)):
        if given.isdisjoint(getattr(item, "acts", ())):
            yield Finding(
                "rights.nobody",
                item.code,
                "is for rights that no role has, so nobody would be told.",
                "Give one of them to a role in the hook roles.",
            )


def formulas(loaded: Loaded) -> Iterator[Finding]:
    """An indicator is derived from measures that there are."""
    mine = {getattr(m, "code", None) for _, m in _items(loaded, ("measures",))}
    core = {measure.code for measure in core_contribution().measures}
    for _, item in _items(loaded, ("indicators",)):
        for measure in measures_in(getattr(item, "formula", None)):
            owner = measure.split(".")[0]
            if measure not in mine | core and owner not in loaded.info.requires:
                yield Finding(
                    "figures.measure",
                    item.code,
                    f"is derived from {measure}, which neither this plugin nor one that it "
                    "requires declares.",
                    "Declare the measure, or correct its code.",
                )


def texts(loaded: Loaded) -> Iterator[Finding]:
    """What people read is a text in both languages."""
    declared = [loaded.info, *(item for _, item in _items(loaded, _ALL))]
    for where, name, value in (found for item in declared for found in _walk(item, "PLUGIN")):
        if isinstance(value, Text):
            yield from _language(where, name, value)
        elif name in _TEXTS and isinstance(value, str):
            yield Finding(
                "texts.plain",
                where,
                f"{name} is a bare string, so that one language is missing.",
                'Write Text("tiếng Việt", "English").',
            )


CHECKS = (ids, rights, formulas, texts)


def _language(where: str, name: str, value: Text) -> Iterator[Finding]:
    words = len(value.vi.split())
    if value.vi == value.en and words >= _SAME:
        wrong = f"{name} says the same in both languages."
        yield Finding("texts.untranslated", where, wrong, "Translate it.")
    elif value.vi.isascii() and words >= _PLAIN:
        wrong = f"{name} has no Vietnamese letter in its Vietnamese."
        yield Finding(
            "texts.vietnamese", where, wrong, "Write it with its marks; Vietnamese first."
        )


def _items(loaded: Loaded, hooks: Iterable[str]) -> Iterator[tuple[str, Any]]:
    for name in hooks:
        hook = implementation(loaded, name)
        for item in hook() if hook is not None else ():
            yield name, item


def _taken(loaded: Loaded) -> Iterator[tuple[str, str]]:
    core = core_contribution()
    for name in _WITH_CODES:
        for item in getattr(core, name):
            yield item.code, "core"
    for key, codes in loaded.codes.items():
        for code in codes:
            yield code, key


def _walk(value: Any, where: str) -> Iterator[tuple[str, str, Any]]:
    """Every text or string inside a declaration, with the code or name it stands under."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _walk(one, where)
    elif is_dataclass(value) and not isinstance(value, type | Text):
        own = getattr(value, "code", None) or getattr(value, "name", None)
        here = own if isinstance(own, str) and own else where
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, Text | str):
                # the name of a field is its column, that of a roster is in what is sent
                of_field = hasattr(value, "kind") and hasattr(value, "label")
                if field.name != "name" or not (of_field or hasattr(value, "parent")):
                    yield here, field.name, inner
            else:
                yield from _walk(inner, here)

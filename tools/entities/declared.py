"""The lines of ``docs/entities/*.toml``: what the domain page asks for, and where it is.

A file is one chapter of the page. An item stands under the page's own word: an ``entity``, a
``form``, a ``list`` of codes or a ``setting``. Its fields are ``same`` (called as on the page),
``named`` (otherwise called, or held elsewhere) or ``absent`` with the reason. docs/entities.md
says at its head how a place is written.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the page and where each is: under the same name, another one, or not at all."""

    same: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many the page names."""
        return len(self.same) + len(self.named) + len(self.absent)

    @property
    def there(self) -> int:
        """How many of them the program has."""
        return len(self.same) + len(self.named)

    @property
    def twice(self) -> list[str]:
        """Words that stand in two places, so that one of them is wrong."""
        every = [*self.same, *self.named, *self.absent]
        return sorted({word for word in every if every.count(word) > 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entity, a form, a list of codes or a setting of the page.

    ``at`` are its tables, the codes of its forms, or the object that holds it. ``forms`` are
    those by which an entity is entered. ``rules`` are what the page asks of the answers, each
    with the test that shows it; ``unkept`` are those that nobody keeps, with the reason.
    """

    kind: str
    name: str
    section: str
    at: tuple[str, ...]
    words: Words
    forms: tuple[str, ...] = ()
    values: Mapping[str, tuple[str | None, Words]] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    unkept: Mapping[str, str] = field(default_factory=dict)
    why: str | None = None

    @property
    def called(self) -> str:
        """How a message names it."""
        return f"{self.kind} {self.name} (§{self.section})"


@dataclass(frozen=True, slots=True)
class Role:
    """What the page wants a role to do in a chapter; ``why`` it has no right there."""

    section: str
    code: str
    does: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Beyond:
    """Tables and forms that no line of the page names, and what they are for."""

    why: str
    tables: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the page: what core or one programme is to hold."""

    number: str
    owner: str
    title: str
    items: tuple[Item, ...]
    roles: tuple[Role, ...]
    beyond: tuple[Beyond, ...]

    def of(self, kind: str) -> list[Item]:
        """The items of one kind, in the order of the file."""
        return [item for item in self.items if item.kind == kind]


def chapters(folder: Path) -> list[Chapter]:
    """Every chapter, in the order of the page."""
    files = sorted(folder.glob("*.toml"))
    return [chapter(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]


def chapter(content: Mapping[str, Any]) -> Chapter:
    """A chapter as its file declares it."""
    return Chapter(
        content["chapter"],
        content["owner"],
        content["title"],
        tuple(_items(content)),
        tuple(_roles(content.get("roles", {}))),
        tuple(
            Beyond(one["why"], tuple(one.get("tables", ())), tuple(one.get("forms", ())))
            for one in content.get("beyond", ())
        ),
    )


def _items(content: Mapping[str, Any]) -> Iterable[Item]:
    for kind in ("entity", "form", "list", "setting"):
        for name, said in content.get(kind, {}).items():
            yield Item(
                kind=kind,
                name=name,
                section=said["section"],
                at=_several(said.get("at", ())),
                words=_words(said),
                forms=_several(said.get("forms", ())),
                values={k: _values(one) for k, one in said.get("values", {}).items()},
                rules=said.get("rules", {}),
                unkept=said.get("unkept", {}),
                why=said.get("why"),
            )


def _roles(content: Mapping[str, Mapping[str, Any]]) -> Iterable[Role]:
    for section, roles in content.items():
        for code, said in roles.items():
            if isinstance(said, str):
                yield Role(section, code, said)
            else:
                yield Role(section, code, said["does"], said["absent"])


def _values(said: Any) -> tuple[str | None, Words]:
    """A plain list is of values that are called as on the page."""
    if isinstance(said, list):
        return None, Words(tuple(said))
    return said.get("at"), _words(said)


def _words(said: Mapping[str, Any]) -> Words:
    return Words(tuple(said.get("same", ())), said.get("named", {}), said.get("absent", {}))


def _several(said: str | Iterable[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)

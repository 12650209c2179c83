"""``docs/entities.md``: the tables of what is asked for and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tools.entities.declared import Chapter, Item, Role, Words
    from tools.entities.program import Program

_HEAD = """\
# What the domain page asks for, and where it is

Written by `make docs` (`python -m tools.entities`) from `docs/entities/*.toml` and the running
program; not edited by hand. Each line stands under the word of the domain page of the programmes,
§2 to §6. The table, form, field, value, role or test it points to is looked up in the program, and
the tests fail while one of them is not there, or while a table or form of core or of a programme
has no line.

A place is a table (`schema.table`), a column, a form by its code, or an object of the program
(`module:name`). *There* counts the words of the page that the program has, under the same name or
another one. What is absent stands there with the reason. The figures of §2.9 to §6.6 have their
own list: each programme's indicators are complete by a test of their own.
"""


def page(chapters: Sequence[Chapter], program: Program) -> str:
    """The whole document."""
    parts = [_HEAD, *_summary(chapters)]
    for chapter in chapters:
        parts += [f"\n## {chapter.number}. {chapter.title}\n", *_chapter(chapter, program)]
    return "\n".join(parts).rstrip() + "\n"


def _summary(chapters: Sequence[Chapter]) -> Iterator[str]:
    yield from _table_head("Chapter", "Entities", "Forms", "Fields", "Values of lists", "Rules")
    for chapter in chapters:
        fields = [item.words for item in chapter.items if item.kind in {"entity", "form"}]
        values = [words for item in chapter.items for _, words in item.values.values()]
        values += [item.words for item in chapter.of("list")]
        kept = sum(len(item.rules) for item in chapter.items)
        rules = kept + sum(len(item.unkept) for item in chapter.items)
        yield _row(
            f"{chapter.number}. {chapter.title}",
            _of(sum(bool(item.at) for item in chapter.of("entity")), len(chapter.of("entity"))),
            _of(sum(bool(item.at) for item in chapter.of("form")), len(chapter.of("form"))),
            _sum(fields),
            _sum(values),
            _of(kept, rules),
        )


def _chapter(chapter: Chapter, program: Program) -> Iterator[str]:
    if chapter.of("entity"):
        yield "### Entities\n"
        yield from _table_head(
            "Entity", "§", "Where", "There", "Called or held otherwise", "Absent"
        )
        yield from (_item(item, _entered(item, program)) for item in chapter.of("entity"))
    if chapter.of("form"):
        yield "\n### Forms\n"
        yield from _table_head("Form", "§", "Where", "There", "Called or held otherwise", "Absent")
        yield from (_item(item, _titled(item, program)) for item in chapter.of("form"))
    rules = list(_rules(chapter.items))
    if rules:
        yield "\n### Rules\n"
        yield from _table_head("Form", "Rule", "Shown by")
        yield from rules
    yield from _lists(chapter)
    if chapter.of("setting"):
        yield "\n### Settings and data\n"
        yield from _table_head("Setting", "§", "Where")
        for item in chapter.of("setting"):
            yield _row(f"`{item.name}`", item.section, _where(item) or f"absent: {item.why}")
    if chapter.roles:
        yield "\n### Roles\n"
        yield from _table_head("Role", "§", "What the page has it do", "Rights it has here")
        yield from (_role(role, chapter.owner, program) for role in chapter.roles)
    if chapter.beyond:
        yield "\n### Beyond the page\n"
        yield from _table_head("What for", "Tables and forms")
        yield from (_row(one.why, _codes([*one.tables, *one.forms])) for one in chapter.beyond)


def _item(item: Item, where: str) -> str:
    otherwise = "; ".join(f"{word}: `{place}`" for word, place in item.words.named.items())
    absent = [f"**{word}**: {why}" for word, why in item.words.absent.items()]
    if not item.at:
        absent.insert(0, item.why or "")
    there = _of(item.words.there, item.words.asked) if item.words.asked else "–"
    return _row(f"`{item.name}`", item.section, where or "–", there, otherwise, "; ".join(absent))


def _entered(item: Item, program: Program) -> str:
    """The tables, and the numbers of the forms by which they are filled."""
    numbers = [program.forms[code].number or f"`{code}`" for code in item.forms]
    by = f" by {', '.join(dict.fromkeys(numbers))}" if numbers else ""
    return _where(item) + by


def _titled(item: Item, program: Program) -> str:
    titles = [f"{program.forms[code].title.vi} (`{code}`)" for code in item.at]
    return "; ".join(titles)


def _rules(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        for rule, test in item.rules.items():
            yield _row(item.name, rule, f"`{test.partition('::')[2] or test}`")
        for rule, why in item.unkept.items():
            yield _row(item.name, rule, f"**not kept**: {why}")


def _lists(chapter: Chapter) -> Iterator[str]:
    rows = [
        (f"`{item.name}`", item.section, _where(item), item.words) for item in chapter.of("list")
    ]
    rows += [
        (f"`{item.name}.{name}`", item.section, f"`{place}`" if place else "", words)
        for item in chapter.items
        for name, (place, words) in item.values.items()
    ]
    if rows:
        yield "\n### Lists of values\n"
        yield from _table_head("List", "§", "There", "Called or held otherwise", "Absent")
    for name, section, place, words in rows:
        otherwise = [f"{word}: `{value}`" for word, value in words.named.items()]
        absent = "; ".join(f"**{word}**: {why}" for word, why in words.absent.items())
        held = "; ".join([*([place] if place else []), *otherwise])
        yield _row(name, section, _of(words.there, words.asked), held, absent)


def _role(role: Role, owner: str, program: Program) -> str:
    given = program.rights.get((role.code, owner), frozenset())
    names = ", ".join(sorted(one.removeprefix(f"{owner}.") for one in given))
    has = f"none: {role.why}" if role.why is not None else names
    return _row(f"`{role.code}`", role.section, role.does, has)


def _where(item: Item) -> str:
    return _codes(item.at)


def _codes(places: Iterable[str]) -> str:
    return ", ".join(f"`{place}`" for place in places)


def _sum(several: Iterable[Words]) -> str:
    every = list(several)
    return _of(sum(one.there for one in every), sum(one.asked for one in every))


def _of(there: int, asked: int) -> str:
    return f"{there} of {asked}"


def _table_head(*columns: str) -> tuple[str, str]:
    return _row(*columns), "|" + " --- |" * len(columns)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

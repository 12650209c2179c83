"""Whether every line points to something, and everything has its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.entities.program import found, is_table, table_of, values_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tools.entities.declared import Chapter, Item, Role, Words
    from tools.entities.program import Program

OFFERS = "offers "
_NO_PLACE = "no line says that it is what the page asks for, nor does it stand beyond the page"
_SUB_FORM = re.compile(r"[a-z]?$")


def faults(chapters: Sequence[Chapter], program: Program, root: Path) -> list[str]:
    """All that does not hold, each with the line it stands in and what to do."""
    return [
        *(fault for chapter in chapters for fault in _pointing(chapter, program, root)),
        *_placed(chapters, program),
    ]


def _pointing(chapter: Chapter, program: Program, root: Path) -> Iterator[str]:
    for item in chapter.items:
        wrong = [*_of_places(item, program), *_of_words(item, program), *_of_values(item, program)]
        wrong += _of_rules(item, program, root)
        yield from (f"{item.called}: {one}" for one in wrong)
    for role in chapter.roles:
        yield from _of_role(role, chapter.owner, program)


def _of_places(item: Item, program: Program) -> Iterator[str]:
    if not item.at and not (item.why or "").strip():
        yield "neither says where it is nor why it is absent"
    for code in item.forms:
        if code not in program.forms:
            yield f"there is no form {code}"
    for place in item.at:
        if item.kind == "form":
            yield from _of_form(item.name, place, program)
        elif is_table(place):
            if place not in program.tables:
                yield f"there is no table {place}"
        else:
            yield from _of_object(place)


def _of_form(number: str, code: str, program: Program) -> Iterator[str]:
    form = program.forms.get(code)
    if form is None:
        yield f"there is no form {code}"
    elif _SUB_FORM.sub("", form.number) != number:
        yield f"the form {code} has the number {form.number!r}"


def _of_words(item: Item, program: Program) -> Iterator[str]:
    yield from _of_reasons(item.words)
    if item.kind == "list":
        yield from _of_codes(item)
        return
    for word, place in [*((same, same) for same in item.words.same), *item.words.named.items()]:
        if ":" in place:
            yield from (f"{word}: {one}" for one in _of_object(place))
        elif not _is_there(item, place, program):
            yield f"{word}: there is no {place} in {', '.join(item.at) or 'the program'}"
    for word in item.words.absent:
        if _is_there(item, word, program):
            yield f"{word}: is said to be absent and is there"


def _is_there(item: Item, place: str, program: Program) -> bool:
    if is_table(place) and place in program.tables:
        return True
    if item.kind != "form":
        return program.column(place, item.at)
    known = [code for code in item.at if code in program.forms]
    rosters = {roster.name for code in known for roster in program.forms[code].rosters}
    asked = {name for code in known for name in program.questions(code)}
    return place in asked | rosters or (place.count(".") > 1 and program.column(place, ()))


def _of_codes(item: Item) -> Iterator[str]:
    held: set[str] = set()
    for place in item.at:
        if not list(_of_object(place)):
            held |= values_in(found(place))
    yield from _missing(item.words, held)


def _of_values(item: Item, program: Program) -> Iterator[str]:
    for name, (place, words) in item.values.items():
        yield from (f"{name}: {one}" for one in _of_reasons(words))
        if place is not None and list(_of_object(place)):
            yield from (f"{name}: {one}" for one in _of_object(place))
            continue
        tables, codes = (item.at, item.forms) if item.kind == "entity" else ((), item.at)
        column = item.words.named.get(name, name)
        if is_table(column.rpartition(".")[0]):
            tables = (column.rpartition(".")[0],)
        held = (
            values_in(found(place)) if place is not None else program.options(column, tables, codes)
        )
        yield from (f"{name}: {one}" for one in _missing(words, held))


def _missing(words: Words, held: set[str]) -> Iterator[str]:
    for word, value in [*((same, same) for same in words.same), *words.named.items()]:
        if value not in held:
            yield f"there is no value {value!r} for {word!r}"
    for word in words.absent:
        if word in held:
            yield f"the value {word!r} is said to be absent and is there"


def _of_reasons(words: Words) -> Iterator[str]:
    yield from (f"{word}: stands there twice" for word in words.twice)
    yield from (
        f"{word}: is absent without a reason"
        for word, why in words.absent.items()
        if not why.strip()
    )


def _of_rules(item: Item, program: Program, root: Path) -> Iterator[str]:
    """A rule is shown by a test, or is the next form that is offered after saving."""
    for rule, shown in item.rules.items():
        if shown.startswith(OFFERS):
            if shown.removeprefix(OFFERS) not in _offered(item, program):
                yield f"{rule}: no form of it {shown}"
            continue
        path, _, name = shown.partition("::")
        file = root / path
        if not file.is_file():
            yield f"{rule}: there is no file {path}"
        elif f"\ndef {name}(" not in file.read_text(encoding="utf-8"):
            yield f"{rule}: there is no test {name} in {path}"
    for rule, why in item.unkept.items():
        if not why.strip():
            yield f"{rule}: is not kept, without a reason"


def _offered(item: Item, program: Program) -> set[str]:
    known = [program.forms[c] for c in (*item.at, *item.forms) if c in program.forms]
    return {offer.form for form in known for offer in form.offers}


def _of_role(role: Role, owner: str, program: Program) -> Iterator[str]:
    called = f"role {role.code} (§{role.section})"
    given = program.rights.get((role.code, owner), frozenset())
    if role.why is None and role.code not in program.roles:
        yield f"{called}: there is no such role"
    elif role.why is None and not given:
        yield f"{called}: {owner} gives it no right"
    elif role.why is not None and given:
        yield f"{called}: is said to have no right, and {owner} gives it {', '.join(sorted(given))}"
    if role.why is not None and not role.why.strip():
        yield f"{called}: has no right, without a reason"


def _of_object(place: str) -> Iterator[str]:
    try:
        found(place)
    except (ImportError, AttributeError) as error:
        yield f"there is no {place} ({error})"


def _placed(chapters: Sequence[Chapter], program: Program) -> Iterator[str]:
    """Each table and form of core and the programmes has its line."""
    owners = {chapter.owner for chapter in chapters}
    beyond = [one for chapter in chapters for one in chapter.beyond]
    tables = {table for one in beyond for table in one.tables}
    forms = {code for one in beyond for code in one.forms}
    for item in (item for chapter in chapters for item in chapter.items):
        forms |= {*item.forms, *(item.at if item.kind == "form" else ())}
        tables |= set(_tables_of(item, program))
    for one in beyond:
        yield from (
            f"beyond the page: there is no table {t}" for t in one.tables if t not in program.tables
        )
        yield from (
            f"beyond the page: there is no form {c}" for c in one.forms if c not in program.forms
        )
        if not one.why.strip():
            yield "beyond the page: a group stands there without what it is for"
    for table in sorted(set(program.tables) - tables):
        if table.partition(".")[0] in owners:
            yield f"table {table}: {_NO_PLACE}"
    for code in sorted(set(program.forms) - forms):
        if code.partition(".")[0] in owners:
            yield f"form {code}: {_NO_PLACE}"


def _tables_of(item: Item, program: Program) -> Iterable[str]:
    places = [*(item.at if item.kind == "entity" else ()), *item.words.named.values()]
    for place in places:
        if place in program.tables:
            yield place
        elif ":" not in place and place.rpartition(".")[0] in program.tables:
            yield place.rpartition(".")[0]
    if item.kind == "form":
        for code in item.at:
            if code in program.forms:
                form = program.forms[code]
                yield table_of(form.model)
                yield from (table_of(roster.model) for roster in form.rosters)

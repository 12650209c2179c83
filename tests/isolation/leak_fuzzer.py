"""Puts what is out of reach into every place of every route, and looks at what comes back.

Each call is made twice: with a value that nobody has, and with one that somebody else has. The two
answers must be the same in status, headers, text and in the statements that were executed, and
no answer may hold a word, id or code that is out of the asker's reach.
"""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from litestar.routes import ASGIRoute, HTTPRoute

from tests.isolation.entries import CASE_OF_IT, ENTRIES, ID, WORD
from tests.isolation.furnishing import RELEASED
from tests.isolation.fuzz_world import KINDS
from tests.isolation.in_process import Answer, Call
from tests.isolation.tables_of_forms import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.isolation.fuzz_world import Fuzzed, Reader, Target
    from tests.isolation.in_process import Caller

Heard = Callable[["Reader", Call, Answer], None]
SLOT: Final = "{slot}"
MADE_UP: Final = "7d9f2f0e-5a41-4c39-9d0b-3f6f7c1f8e21"
ANY: Final = "any"
# what stands in a place of an address that takes no id
FIXED: Final = {
    "step": "assess-initially",
    "period": RELEASED,
    "programme": "child-labour",
    "key": "child_labour",
    "purpose": "reset",
    "token": "1.x",
    "tenant": "lao-cai",
    "provider": "no-such",
    "code": "DRW-01",
    "path": "x",
    "file_path": "annhi.css",
    "year": "2018",
    "format": "csv",
}
KIND_OF: Final = {
    "child_id": "core.child",
    "other_id": "core.child",
    "subject_id": "core.child",
    "case_id": "case",
    "referral_id": "referral",
    "account_id": "account",
    "grant_id": "grant",
    "attachment_id": "attachment",
    "agreement_id": "agreement",
    "enrolment_id": "enrolment",
    "emergency_id": "emergency",
    "sign_in_id": "sign_in",
    "import_id": "child_list",
}
# routes that end the asker's own sign-in, or whose answer is another one each time
LEFT_OUT: Final = frozenset(
    {
        "POST /sign-out",
        "POST /account/sign-ins/end-others",
        "GET /metrics",
        "GET /schema/{path}",
    }
)
# Who reads the audit trail reads the ids in it; who opens a file out of duty names it by its code.
TELLS_IDS: Final = ("/audit", "/access/emergenc", "/handover")


@dataclass(frozen=True, slots=True)
class Shape:
    """A call with one place left open, and what kind of row belongs there."""

    route: str
    path: str
    kind: str = ANY
    query: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] | None = None
    takes: str = "id"

    def call(self, put: str) -> Call:
        """The call with a value in the open place."""
        return Call(
            self.route.partition(" ")[0],
            self.path.replace(SLOT, put),
            tuple((name, value.replace(SLOT, put)) for name, value in self.query),
            None
            if self.body is None
            else {name: value.replace(SLOT, put) for name, value in self.body},
        )


@dataclass(slots=True)
class Found:
    """What a run found: how much was tried, and each leak with where and how."""

    calls: int = 0
    pairs: int = 0
    routes: set[str] = field(default_factory=set)
    leaks: list[tuple[str, ...]] = field(default_factory=list)

    def has(self, pattern: str | None) -> bool:
        """Whether a leak that fits a pattern was found."""
        return pattern is not None and any(re.search(pattern, leak[-1]) for leak in self.leaks)


class LeakFuzzer:
    """Tries the routes of one world."""

    def __init__(
        self, fuzzed: Fuzzed, caller: Caller, *, seed: int = 4, tell: Heard | None = None
    ) -> None:
        """Keep the world and the way to call it; ``tell`` is told of every answer."""
        self.fuzzed = fuzzed
        self.caller = caller
        self._seed = seed
        self._tell = tell
        self._forms = fuzzed.world.platform.registry.catalogue.forms

    def run(self, reader: Reader, calls: int, *, only: str = "", until: str | None = None) -> Found:
        """Up to so many calls as one reader, those first whose id is of the kind asked for.

        ``only`` is a pattern of routes; the run ends early at a leak that ``until`` fits.
        """
        found = Found()
        forbidden = self.fuzzed.forbidden(reader)
        expected: dict[Shape, Answer] = {}
        before = self.caller.calls
        for call, route in self.open_pages(reader, only):
            if self.caller.calls - before >= calls // 3 or found.has(until):
                break
            answer = self._sent(reader, call)
            told = telling(answer, forbidden, "", ids=not call.path.startswith(TELLS_IDS))
            found.routes.add(route)
            found.leaks += [(reader.name, route, call.path, "", "", f"tells {w}") for w in told]
        for shape, target in self._pairs(reader, only):
            if self.caller.calls - before >= calls or found.has(until):
                break
            self._try(reader, shape, target, expected, forbidden, found)
        found.calls = self.caller.calls - before
        return found

    def _try(  # noqa: PLR0917  one pair of calls
        self,
        reader: Reader,
        shape: Shape,
        target: Target,
        expected: dict[Shape, Answer],
        forbidden: Mapping[str, str],
        found: Found,
    ) -> None:
        made_up = _made_up(target)
        key = shape if target.kind not in {"word", "code"} else None
        there = expected.get(shape) if key else None
        if there is None:
            there = self._ask(reader, shape, made_up)
            if key:
                expected[key] = there
        answer = self._ask(reader, shape, target.put)
        found.pairs += 1
        found.routes.add(shape.route)
        how = difference(there, made_up, answer, target.put)
        if how:  # something else may have changed since: once more, side by side
            there = self._ask(reader, shape, made_up)
            answer = self._ask(reader, shape, target.put)
            how = difference(there, made_up, answer, target.put)
            if key:
                expected[key] = there
        where = (reader.name, shape.route, shape.path, str(shape.query or shape.body or ""))
        about = f"{target.kind} of {target.why}"
        if how:
            found.leaks.append((*where, about, how))
        if answer.status >= 500:
            found.leaks.append((*where, about, f"answers {answer.status}"))
        told = telling(answer, forbidden, target.put, ids=not shape.path.startswith(TELLS_IDS))
        found.leaks += [(*where, about, f"tells {what}") for what in told]

    def _ask(self, reader: Reader, shape: Shape, put: str) -> Answer:
        return self._sent(reader, shape.call(put))

    def _sent(self, reader: Reader, call: Call) -> Answer:
        answer = self.caller.send(reader.visitor, call)
        if self._tell is not None:
            self._tell(reader, call, answer)
        return answer

    def _pairs(self, reader: Reader, only: str) -> Iterator[tuple[Shape, Target]]:
        """Every open place with every row out of reach: matching kinds first, in a fixed order."""
        draw = random.Random(f"{self._seed} {reader.name}")  # noqa: S311  not a secret
        ids, words = self.fuzzed.targets(reader), self.fuzzed.words(reader)
        shapes = [one for one in self.shapes(reader) if re.search(only, one.route)]
        fitting, others = [], []
        for shape in shapes:
            for target in words if shape.takes == "word" else ids:
                if not _in_reach_by(shape, target):
                    fits = shape.takes == "word" or target.kind == shape.kind
                    (fitting if fits else others).append((shape, target))
        fitting += [
            (shape, target)
            for shape in shapes
            for target in self.fuzzed.elsewhere(reader)
            if shape.kind == target.kind and _is_within_another(shape)
        ]
        draw.shuffle(fitting)
        draw.shuffle(others)
        yield from fitting
        yield from others

    def open_pages(self, reader: Reader, only: str) -> list[tuple[Call, str]]:
        """Every page with rows that are really there, whoever may read them: lists and records."""
        found: dict[tuple[str, str], tuple[Call, str]] = {}
        for route, _, params in routes(self.fuzzed):
            if route in LEFT_OUT or not route.startswith("GET") or not re.search(only, route):
                continue
            for form, path in self._addresses(route, params):
                for marked in self.fuzzed.sets.values():
                    filled = path
                    for name, is_id in params.items():
                        of = KINDS.get(KIND_OF.get(name, form or ANY), "")
                        put = str(marked.ids.get(of, MADE_UP))
                        filled = filled.replace(f"{{{name}}}", put) if is_id else filled
                    found[route, filled] = (Call("GET", filled), route)
        pages = list(found.values())
        random.Random(f"{self._seed} {reader.name}").shuffle(pages)  # noqa: S311  not a secret
        return pages

    def shapes(self, reader: Reader) -> list[Shape]:
        """Every place of every route in which something of somebody else could be put."""
        found: dict[Shape, None] = {}
        for route, handler, params in routes(self.fuzzed):
            if route not in LEFT_OUT:
                found |= dict.fromkeys(self._by_entry(route, reader))
                found |= dict.fromkeys(self._by_address(route, params, reader))
                found |= dict.fromkeys(self._by_query(route, handler, params, reader))
                found |= dict.fromkeys(self._by_form(route))
        return [shape for shape in found if SLOT in f"{shape.path}{shape.query}{shape.body}"]

    def _by_entry(self, route: str, reader: Reader) -> Iterator[Shape]:
        """The ways that the suite of routes knows; with ids of somebody else in place of names."""
        for attempt in ENTRIES[route]:
            path, _, query = attempt.path.partition("?")
            pairs = tuple(
                (name, value)
                for name, _, value in (one.partition("=") for one in query.split("&") if one)
            )
            body = None if route.startswith("GET") else tuple((attempt.body or {}).items())
            kind = attempt.of or ANY
            mine = self.fuzzed.mine(reader, "case")
            for word in (False, True):
                if word and WORD not in attempt.path:
                    continue
                yield Shape(
                    route,
                    _open(path, mine),
                    kind,
                    tuple((name, _open(value, mine)) for name, value in pairs),
                    body and tuple((name, _open(str(value), mine)) for name, value in body),
                    "word" if WORD in attempt.path else "id",
                )
            for name, value in body or ():
                if isinstance(value, str) and value != ID:
                    changed = tuple((n, SLOT if n == name else str(v)) for n, v in body or ())
                    filled = tuple((n, v.replace(ID, MADE_UP)) for n, v in changed)
                    closed = _open(path, mine).replace(SLOT, mine if kind == "case" else MADE_UP)
                    yield Shape(route, closed, ANY, pairs, filled, "word")
                    yield Shape(route, closed, ANY, pairs, filled)

    def _by_address(
        self, route: str, params: Mapping[str, bool], reader: Reader
    ) -> Iterator[Shape]:
        """One id of the address is somebody else's, the others are the reader's own."""
        ids = [name for name, is_id in params.items() if is_id]
        body: tuple[tuple[str, str], ...] | None = None if route.startswith("GET") else ()
        for form, path in self._addresses(route, params):
            for open_one in ids:
                closed = path
                for name in ids:
                    kind = KIND_OF.get(name, form or ANY)
                    put = SLOT if name == open_one else self.fuzzed.mine(reader, kind)
                    closed = closed.replace(f"{{{name}}}", put)
                yield Shape(route, closed, KIND_OF.get(open_one, form or ANY), body=body)
            if len(ids) > 1:
                closed = path
                for name in ids:
                    closed = closed.replace(f"{{{name}}}", SLOT)
                yield Shape(route, closed, KIND_OF.get(ids[-1], form or ANY), body=body)

    def _by_query(
        self, route: str, handler: Any, params: Mapping[str, bool], reader: Reader
    ) -> Iterator[Shape]:
        """Each question that a page takes; it may be an id, a name or a code."""
        if handler is None or not route.startswith("GET"):
            return
        for name, one in handler.parsed_fn_signature.parameters.items():
            if name in params or name in {"work", "request", "data"}:
                continue
            kinds = {UUID: "id", str: "word"}
            takes = next((kinds[t] for t in kinds if _takes(one.annotation, t)), None)
            if takes is None:
                continue
            for form, path in self._addresses(route, params):
                closed = path
                for param, is_id in params.items():
                    if is_id:
                        kind = KIND_OF.get(param, form or ANY)
                        closed = closed.replace(f"{{{param}}}", self.fuzzed.mine(reader, kind))
                yield Shape(route, closed, form or ANY, ((name, SLOT),), takes=takes)
                if takes == "word":
                    yield Shape(route, closed, form or ANY, ((name, SLOT),))

    def _by_form(self, route: str) -> Iterator[Shape]:
        """Each answer of a form that names another record."""
        if not (route.startswith("POST") and route.endswith("/{owner}/{name}")):
            return
        for code, form in self._forms.items():
            path = route.removeprefix("POST ").replace("/{owner}/{name}", f"/{_address(code)}")
            for one in form.fields:
                if one.kind in {"child", "household", "record"}:
                    kind = {"child": "core.child", "household": "core.household"}.get(one.kind, ANY)
                    yield Shape(route, path, kind, body=((one.name, SLOT),))
                    yield Shape(route, path, kind, body=((one.name, SLOT),), takes="word")

    def _addresses(
        self, route: str, params: Mapping[str, bool]
    ) -> Iterator[tuple[str | None, str]]:
        """The address with all but ids filled in; once for each form where it is of a form."""
        path = route.partition(" ")[2]
        codes = list(TABLES) if "{owner}/{name}" in path else [None]
        for code in codes:
            filled = path
            if code is not None:
                filled = filled.replace("{owner}/{name}", _address(code))
            for name, is_id in params.items():
                if not is_id:
                    filled = filled.replace(f"{{{name}}}", FIXED.get(name, "x"))
            yield code, filled


def routes(fuzzed: Fuzzed) -> Iterator[tuple[str, Any, Mapping[str, bool]]]:
    """Each route with its handler and its parameters: whether each is an id."""
    for route in fuzzed.world.app.routes:
        if isinstance(route, HTTPRoute):
            params = {name: one.type is UUID for name, one in route.path_parameters.items()}
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                    yield f"{method} {route.path_format}", handler, params
        elif isinstance(route, ASGIRoute):
            yield f"GET {route.path_format}", None, dict.fromkeys(route.path_parameters, False)


def difference(one: Answer, put_one: str, other: Answer, put_other: str) -> str:
    """How two answers differ, apart from the value that was put; empty when they do not."""
    if one.status != other.status:
        return f"answers {other.status} instead of {one.status}"
    if _plain_headers(one, put_one) != _plain_headers(other, put_other):
        return "other headers"
    if _plain(one, put_one) != _plain(other, put_other):
        return "another text"
    if one.statements != other.statements:
        return f"{len(other.statements)} statements instead of {len(one.statements)}, or others"
    return ""


# a form's key, a signed link, and the second in which a workbook was made
_CHANGING = re.compile(
    r'(name="_key" value=")[^"]*|\b(signature=)\w+|\b(until=)\d+|(<dcterms:\w+[^>]*>)[^<]*'
)
_LENGTHS = frozenset({"content-length"})


def _plain(answer: Answer, put: str) -> str:
    return _without(text_of(answer), put)


def _plain_headers(answer: Answer, put: str) -> list[tuple[str, str]]:
    """A length follows from the text, which is compared; the value that was put may be in it."""
    return [(name, _without(value, put)) for name, value in answer.headers if name not in _LENGTHS]


def _without(text: str, put: str) -> str:
    for form in {put, put.upper(), put.lower()}:
        text = text.replace(form, "…")
    return _CHANGING.sub(r"\1\2\3\4", text)


def text_of(answer: Answer) -> str:
    if answer.body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(answer.body)) as packed:
            return " ".join(
                packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
            )
    return answer.body.decode("utf-8", "replace")


_TOKEN = re.compile(
    r"kv[a-z]{6,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]{2}-[a-z0-9]{6,}|[a-z0-9]{12}"
)
_ONLY_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def telling(
    answer: Answer, forbidden: Mapping[str, str], put: str, *, ids: bool = True
) -> list[str]:
    """What of others stands in an answer, beside the value that the asker put there."""
    headers = " ".join(value for _, value in answer.headers)
    low = f"{headers} {text_of(answer)}".lower()
    tokens = set(_TOKEN.findall(low)) - {put.lower()}
    return sorted(
        {
            forbidden[token]
            for token in tokens
            if token in forbidden and (ids or not _ONLY_ID.fullmatch(token))
        }
    )


def _made_up(target: Target) -> str:
    """A value of the same looks that nobody has."""
    if target.kind == "word":
        return "Kv" + "khongcoaitenthe"[: len(target.put) - 2].ljust(len(target.put) - 2, "k")
    if target.kind == "code":
        head, dash, tail = target.put.rpartition("-")
        return head + dash + "Z9" + tail[2:][::-1]
    return MADE_UP


def _is_within_another(shape: Shape) -> bool:
    """Whether the place is for a row that is reached through its parent alone."""
    through = ("/cases/", "/records/")
    return any(f"{one}{{" in shape.route for one in through) and shape.path.count(SLOT) == 1


def _in_reach_by(shape: Shape, target: Target) -> bool:
    """Ways in which a row of the own province is in reach by right, whatever its area."""
    own = target.why in {"near", "far", "kept"}
    return own and shape.path.startswith(("/audit/records/", "/access/emergency"))


def _open(text: str, mine: str) -> str:
    return text.replace(CASE_OF_IT, mine).replace(ID, SLOT).replace(WORD, SLOT)


def _takes(annotation: Any, kind: type) -> bool:
    return annotation is kind or kind in getattr(annotation, "__args__", ())


def _address(code: str) -> str:
    return code.replace(".", "/").replace("_", "-")

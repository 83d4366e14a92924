"""An authored file as plain values, each with the line on which it stands.

YAML 1.2 is read from ruamel.yaml's events and not from its constructors: a word stays a word (`no`,
`on`, a date), a second key of the same name is told instead of winning, and what a writer never
needs (references, tags) is refused, so that no file can grow while it is read.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from conversations.page import Page
from conversations.problem import Problem
from conversations.safety import weights
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.page import Trail

Event = Any
"""One of ruamel.yaml's events; their attributes are not typed there."""

MOST_BYTES: Final = 512 * 1024
DEEPEST: Final = 16

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = MappingProxyType(
    {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
)
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_BROKEN_NUMBER = re.compile(r"[-+]?[0-9]{0,15}\.[0-9]{1,15}")


def read(file: str, data: bytes) -> Page:
    """The page of these bytes, whatever they are; `file` is the name that problems carry."""
    if len(data) > MOST_BYTES:
        return unread(file, 0, "L101", "is too large to be a conversation", "Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "Save the file as UTF-8 (in most editors under “Save with encoding”)."
        return unread(file, line, "L101", "is not written in UTF-8", remedy)
    odd = _UNPRINTABLE.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        remedy = "Delete the character; it is often pasted along without being seen."
        return unread(file, line, "L101", "there is a character that nobody can see", remedy)
    return _Reader(file).page(text)


def weighed(file: str, data: bytes) -> Page:
    """The page of learnt weights, whose value is a `Weights`."""
    try:
        return Page(file, weights.read(data.decode("utf-8")))
    except UnicodeDecodeError:
        line = 0
    except weights.WeightsError as error:
        line = error.line
    remedy = "It is not written by hand: run `make learn`, or put the packaged file back."
    return unread(file, line, "L109", "is no line of learnt weights", remedy)


def unread(file: str, line: int, code: str, what: str, remedy: str) -> Page:
    """A page of which nothing is known but this problem; line 0 is the file as a whole."""
    return Page(file, problems=(Problem(file, line, code, what, remedy),))


class _StopError(Exception):
    """Reading cannot go on; the problem is noted."""


class _Reader:
    """Builds the value of one file from the parser's events."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: dict[Trail, int] = {}
        self._bare: set[Trail] = set()
        self._problems: list[Problem] = []

    def page(self, text: str) -> Page:
        value: object = None
        try:
            value = self._document(YAML(typ="safe").parse(text))
        except _StopError:
            pass
        except MarkedYAMLError as error:
            self._note_syntax(error)
        except (YAMLError, ValueError, OverflowError):
            what = "there is a \\ with a code for a character that does not exist"
            self._note(0, "L102", what, "Write the character itself.")
        return Page(self._file, value, self._lines, frozenset(self._bare), tuple(self._problems))

    def _document(self, events: Iterator[Event]) -> object:
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = "there is a line of --- and a second part below it"
                    self._stop(event, "L102", what, "Put the second part into a file of its own.")
                value = self._value(next(events), events, ())
        if not isinstance(value, dict):
            what = "is empty" if value is None else "does not consist of `name: value` lines"
            self._note(1, "L104", what, "Start from a file that is there and change it.")
            return None
        return value

    def _value(self, event: Event, events: Iterator[Event], trail: Trail) -> object:
        self._lines.setdefault(trail, event.start_mark.line + 1)
        if isinstance(event, AliasEvent) or event.anchor or event.tag:
            what = "a word that begins with *, & or ! means something else in YAML"
            self._note_at(event, "L105", what, 'Put the words in "quotes", or write them out.')
        if isinstance(event, ScalarEvent):
            return self._scalar(event, trail)
        if isinstance(event, MappingStartEvent | SequenceStartEvent) and len(trail) >= DEEPEST:
            what = "there are too many levels inside one another"
            self._stop(event, "L102", what, "Look for a bracket too many.")
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, trail)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, trail)
        return None

    def _scalar(self, event: Event, trail: Trail) -> object:
        words = str(event.value)
        if _UNPRINTABLE.search(words):
            what = "there is a code for a character that nobody can see"
            self._note_at(event, "L102", what, "Delete the code that begins with a backslash.")
            words = _UNPRINTABLE.sub("", words)
        if event.style:
            return words
        value = _plain(words)
        if len(trail) > 1 and trail[-2] in LANGUAGES and isinstance(trail[-1], int):
            self._bare.add(trail)
        if trail and trail[-1] in LANGUAGES and value is not None:
            self._bare.add(trail)
            what = f"the {trail[-1]} text stands without quotes"
            remedy = 'Put it in "quotes" or below a >; without them, YAML cuts it at , : and #.'
            self._note_at(event, "L106", what, remedy)
            return words
        return value

    def _mapping(self, events: Iterator[Event], trail: Trail) -> dict[str, object]:
        value: dict[str, object] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            name = self._key(event, events, trail)
            again = name in value
            place = (*trail, f"{name} (again)" if again else name)
            line = event.start_mark.line + 1
            if again:
                first = self._lines[*trail, name]
                what = f"`{name}` stands here a second time; the first is on line {first}"
                self._note(line, "L103", what, "Keep one of the two, or rename one.")
            self._lines[place] = line
            part = self._value(next(events), events, place)
            if not again:
                value[name] = part
        return value

    def _key(self, event: Event, events: Iterator[Event], trail: Trail) -> str:
        if isinstance(event, ScalarEvent):
            return str(self._scalar(event, ()) if event.style else event.value)
        self._value(event, events, (*trail, "(a name)"))
        what = "a name before a : must be a word"
        self._note_at(event, "L102", what, "Look for a bracket, a * or a ? too many.")
        return "(a name)"

    def _sequence(self, events: Iterator[Event], trail: Trail) -> list[object]:
        value: list[object] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            value.append(self._value(event, events, (*trail, len(value))))
        return value

    def _note_syntax(self, error: MarkedYAMLError) -> None:
        said, mark = str(error.problem), error.problem_mark
        what = f"this line cannot be read ({said})"
        remedy = "Compare it and the line above it with a file that is in order."
        if "end of stream" in said and "quoted" in str(error.context):
            mark, what = error.context_mark, "a quote is opened and never closed"
            remedy = 'End the text with a ".'
        elif "escape" in said:
            what, remedy = "a \\ in double quotes means something else", "Delete the \\."
        elif "tab" in said or "\\t" in said:
            what, remedy = "there is a tab before the words", "Indent with spaces only."
        elif "mapping values" in said:
            remedy = 'Put a text with a : in it in "quotes", or look for one indent too many.'
        self._note(mark.line + 1 if mark else 0, "L102", what, remedy)

    def _note(self, line: int, code: str, what: str, remedy: str) -> None:
        self._problems.append(Problem(self._file, line, code, what, remedy))

    def _note_at(self, event: Event, code: str, what: str, remedy: str) -> None:
        self._note(event.start_mark.line + 1, code, what, remedy)

    def _stop(self, event: Event, code: str, what: str, remedy: str) -> None:
        self._note_at(event, code, what, remedy)
        raise _StopError


def _plain(words: str) -> object:
    """What unquoted words are in YAML 1.2; everything but null, truth and numbers is words."""
    if words in _NOTHING:
        return None
    if words in _TRUTH:
        return _TRUTH[words]
    if _WHOLE.fullmatch(words):
        return int(words)
    if _BROKEN_NUMBER.fullmatch(words):
        return float(words)
    return words

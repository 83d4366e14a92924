"""Every text of a page, found where it stands, also in a step that is not in order."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Language

Role = Literal["question", "bubble", "button", "name"]

OF_FIELD: Final[Mapping[str, Role]] = MappingProxyType(
    {
        **dict.fromkeys(("empty", "copy_line", "in_chat"), "bubble"),
        **dict.fromkeys(("start", "accept", "decline", "remove", "every", "more"), "button"),
        **dict.fromkeys(("older", "newer", "done"), "button"),
    }
)
"""What a text is for that stands in a step by itself."""


OF_LISTENING: Final = frozenset({("themes",), ("feelings",), ("pairs",), ("replies",)})
"""Where the texts lie that are said to what was heard."""

ASKED: Final = frozenset({"more", "part", "about", "buttons"})
PRESSED: Final = frozenset({"something_else", "buttons_only", "keep_typing"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One text: where it stands, and its words in each language in which it has any."""

    page: Page
    trail: Trail
    words: Mapping[Language, str]
    nth: int | None = None
    """Which of several variants it is, counted from 0."""

    @property
    def role(self) -> Role:
        """What it is for; `name` is what names something: a title, the end of a scale, a line."""
        if self.trail[:1] in OF_LISTENING:
            return _listening(self.trail)
        match self.trail:
            case ("steps", _, *_, "ask"):
                return "question"
            case ("steps", _, *_, "say") | ("steps", _, *_, "say", int()):
                return "bubble"
            case (_, "answer", int()) | (_, "operator", _) | ("steps", _, "heard" | "operator", _):
                return "bubble"
            case ("steps", _, str(field)):
                return OF_FIELD.get(field, "name")
            case ("steps", _, "options", _, "label") | ("door",) | ("labels", _):
                return "button"
            case _:
                return "name"

    @property
    def step(self) -> str | None:
        """The step in which it stands, if it stands in one."""
        inside = self.trail[:1] == ("steps",) and len(self.trail) > 1
        return str(self.trail[1]) if inside else None

    def problem(self, language: Language | None, code: str, what: str, remedy: str) -> Problem:
        """A problem of this text; the line is that of the language, if it is in one only."""
        trail = (*self.trail, language) if language else self.trail
        if language and self.nth is not None:
            trail = (*trail, self.nth)
        return self.page.problem(trail, code, what, remedy)


def _listening(trail: Trail) -> Role:
    match trail:
        case ("themes", _, "name"):
            return "button"
        case ("feelings", _, "name"):
            return "name"
        case ("replies", str(field)) if field in ASKED | PRESSED:
            return "question" if field in ASKED else "button"
        case _:
            return "bubble"


def sayings(page: Page) -> Iterator[Saying]:
    """Every text of the page, from top to bottom."""
    yield from _below(page, (), page.value)


def _below(page: Page, trail: Trail, value: object) -> Iterator[Saying]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(page, (*trail, index), item)
    elif isinstance(value, dict):
        words: dict[Language, str] = {
            language: text for language in LANGUAGES if isinstance(text := value.get(language), str)
        }
        if words:
            yield Saying(page, trail, words)
        if trail[:1] == ("steps",):
            yield from _variants(page, trail, value)
        for name, item in value.items():
            yield from _below(page, (*trail, name), item)


def _variants(page: Page, trail: Trail, value: dict[str, object]) -> Iterator[Saying]:
    """Each variant of a text as a text of its own."""
    listed: dict[Language, list[object]] = {
        language: given for language in LANGUAGES if isinstance(given := value.get(language), list)
    }
    for nth in range(max(map(len, listed.values()), default=0)):
        words: dict[Language, str] = {
            language: text
            for language, given in listed.items()
            if nth < len(given) and isinstance(text := given[nth], str)
        }
        yield Saying(page, trail, words, nth)

"""The ways out of a step with what leads there, in the words of the script: what a drawing shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from conversations.script import TRACK_PREFIX, TRACKS, ByTheme, Choice, Open, Question, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.script import Go, Language, Script, Step
    from conversations.wordlist import Theme

OTHERWISE: dict[Language, str] = {"nl": "anders, of overslaan", "en": "anything else, or skip"}
AFTER: dict[Language, str] = {"nl": "na", "en": "after"}


class Exit(NamedTuple):
    """`target` is as it is written: a step, `track:ID` or `tracks`."""

    label: str
    target: str

    @property
    def inside(self) -> bool:
        """Whether it leads to a step of the same conversation."""
        return self.target != TRACKS and not self.target.startswith(TRACK_PREFIX)


def exits(step: Step, themes: Mapping[str, Theme], language: Language) -> list[Exit]:
    """Every way out of this step, from top to bottom as they are tried; none out of a close."""
    return list(_exits(step, themes, language))


def question(step: Step, language: Language) -> str:
    """The question, or what is said at a close; of variants the first."""
    text = getattr(step, "ask", None) or getattr(step, "say", None)
    return text.to(language) if text is not None and not isinstance(text, tuple) else ""


def layers(script: Script, themes: Mapping[str, Theme], language: Language) -> dict[str, int]:
    """How far each step lies from the first one, by the longest way that meets no step twice."""
    depth: dict[str, int] = {}

    def visit(name: str, at: int, before: frozenset[str]) -> None:
        if name in before or depth.get(name, -1) >= at:
            return
        depth[name] = at
        for way in exits(script.steps[name], themes, language):
            if way.inside and way.target in script.steps:
                visit(way.target, at + 1, before | {name})

    visit(script.start, 0, frozenset())
    return {name: depth.get(name, 0) for name in script.steps}


def _exits(step: Step, themes: Mapping[str, Theme], language: Language) -> Iterator[Exit]:
    if isinstance(step, Choice | Open):
        for option in step.options.values():
            if option.go is not None:
                yield from _go(option.label.to(language), option.go, themes, language)
        staying = [o.label.to(language) for o in step.options.values() if o.go is None]
        if staying:
            usual = step.go.otherwise if isinstance(step.go, ByTheme) else step.go
            yield Exit(" · ".join(staying), usual)
    if isinstance(step, Scale):
        lowest = step.lowest
        for band in step.bands:
            yield from _go(f"{lowest}-{band.up_to}", band.go or step.go, themes, language)
            lowest = band.up_to + 1
    if isinstance(step, Question):
        yield from _go(OTHERWISE[language], step.go, themes, language)


def _go(label: str, go: Go, themes: Mapping[str, Theme], language: Language) -> Iterator[Exit]:
    if not isinstance(go, ByTheme):
        yield Exit(label, go)
        return
    for theme, target in go.by_theme.items():
        named = themes[theme].name.to(language) if theme in themes else theme
        yield Exit(f"{AFTER[language]} “{named}”", target)
    yield Exit(label, go.otherwise)

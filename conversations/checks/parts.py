"""The inside of a step: its buttons, its numbers, and what only the frame may do."""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

from conversations.checks.graph import pairs
from conversations.phrasing import normal
from conversations.script import LANGUAGES, Choice, Open, OwnStep, Promise, Scale, Summary
from conversations.turn import CARE, Control

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conversations.page import Page, Trail
    from conversations.problem import Problem
    from conversations.script import Option
    from conversations.shape import Draft
    from conversations.shelf import Shelf

FEWEST_IN_TRACK: Final = MappingProxyType({"choice": 2, "open": 1})
FEWEST: Final = MappingProxyType({**FEWEST_IN_TRACK, "summary": 2, "own_step": 2})
MOST: Final = 5
POINTS: Final = 11
OPERATORS: Final = ("bureau", "employer", "self")


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track; of its buttons also where a step is not in order."""
    for draft in shelf.scripts:
        for name, written in draft.written.items():
            yield from _options(draft, ("steps", name), written)
        for name, step in draft.steps.items():
            at: Trail = ("steps", name)
            if isinstance(step, Choice | Open | Summary | OwnStep):
                yield from _labels(draft.page, (*at, "options"), step.options)
            if isinstance(step, Open):
                yield from _probes(draft.page, (*at, "probes"), step)
            if isinstance(step, Scale):
                yield from _scale(draft.page, at, step)
                yield from _bands(draft.page, (*at, "bands"), step)
            if isinstance(step, Promise):
                yield from operators(draft.page, (*at, "operator"), step.operator)


def operators(page: Page, trail: Trail, texts: Iterable[str]) -> Iterator[Problem]:
    """The promise differs with who runs the server; either text must be there."""
    for name in OPERATORS:
        if name not in texts:
            what = f"{trail[-1]} has no text for `{name}`"
            yield page.problem(trail, "L214", what, f"Add a text `{name}:` below it.")


def _options(draft: Draft, at: Trail, step: Mapping[str, object]) -> Iterator[Problem]:
    kind, options = str(step.get("kind")), dict(pairs(step.get("options")))
    kinds = FEWEST if draft.is_frame else FEWEST_IN_TRACK
    if kind == "open" and not options:
        what = f"step {at[-1]} can be answered by typing only"
        remedy = "Add `options:` with a ready answer or two, for whoever would rather not type."
        yield draft.page.problem(at, "L208", what, remedy)
    elif kind in kinds and not kinds[kind] <= len(options) <= MOST:
        what = f"step {at[-1]} has {len(options)} option{'' if len(options) == 1 else 's'}"
        remedy = f"Give it {kinds[kind]} to {MOST}."
        yield draft.page.problem((*at, "options"), "L207", what, remedy)
    for name, option in options.items():
        trail = (*at, "options", name)
        if name in get_args(Control) or str(name).startswith(CARE):
            what = f"`{name}` is the name of a button that stands under every question"
            remedy = f"Choose another name, such as `{name}_it`; the label can stay."
            yield draft.page.problem(trail, "L209", what, remedy)
        if not draft.is_frame and isinstance(option, dict) and option.get("do", "coach") != "coach":
            what = f"`do: {option['do']}` stands in a track"
            remedy = "Delete it; the frame asks this at the end of every track."
            yield draft.page.problem((*trail, "do"), "L213", what, remedy)


def _labels(page: Page, trail: Trail, options: Mapping[str, Option]) -> Iterator[Problem]:
    """Typing a label is as good as pressing it, so no two may be the same."""
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for name, option in options.items():
            label = normal(option.label.to(language))
            if seen.setdefault(label, name) != name:
                what = f"the {language} labels of {seen[label]} and {name} are the same"
                place = (*trail, name, "label", language)
                yield page.problem(place, "L210", what, "Change one of them.")


def _probes(page: Page, trail: Trail, step: Open) -> Iterator[Problem]:
    for place, probe in enumerate(step.probes):
        if not probe.themes and not probe.when_short:
            remedy = "Give it `themes:` or `when_short: true`."
            yield page.problem((*trail, place), "L219", "this probe is never asked", remedy)


def _scale(page: Page, at: Trail, step: Scale) -> Iterator[Problem]:
    points = step.highest - step.lowest + 1
    if step.lowest >= step.highest:
        what = f"the scale runs from {step.lowest} to {step.highest}"
        yield page.problem((*at, "lowest"), "L206", what, "Let `lowest` be the smaller one.")
    elif points > POINTS:
        remedy = f"Use at most {POINTS}, such as 0 to 10."
        yield page.problem((*at, "highest"), "L206", f"the scale has {points} points", remedy)


def _bands(page: Page, trail: Trail, step: Scale) -> Iterator[Problem]:
    ends = [band.up_to for band in step.bands]
    for place, (earlier, later) in enumerate(pairwise([step.lowest - 1, *ends])):
        if later <= earlier:
            what = f"the band up to {later} holds no number"
            remedy = "Let every band end higher than the one before it."
            yield page.problem((*trail, place, "up_to"), "L206", what, remedy)
    if ends and ends[-1] != step.highest:
        what = f"the last band ends at {ends[-1]}, and the scale at {step.highest}"
        remedy = f"Let the last band be `up_to: {step.highest}`."
        yield page.problem((*trail, len(ends) - 1, "up_to"), "L206", what, remedy)

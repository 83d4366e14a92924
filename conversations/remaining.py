"""How far it still is: about how many questions lie between a step and the close of its track.

The mean over all ways on, each answer taken to be as likely as another, since the shortest way is
too good a promise and the longest one puts people off. A probe counts for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.script import (
    TRACK_PREFIX,
    TRACKS,
    ByTheme,
    Choice,
    Close,
    Open,
    Scale,
)

if TYPE_CHECKING:
    from conversations.script import Go, Script, Step


def lengths(script: Script) -> dict[str, int]:
    """For every step the questions to the close, itself included; 0 at a close."""
    known: dict[str, float] = {}
    for name in script.steps:
        _length(script, name, known, ())
    return {name: max(round(length), 1) if length else 0 for name, length in known.items()}


def _length(script: Script, name: str, known: dict[str, float], before: tuple[str, ...]) -> float:
    if name in known:
        return known[name]
    step = script.step(name)
    if step is None or isinstance(step, Close):
        length = 0.0
    else:
        inside = [each for each in _targets(step) if each not in before and _stays(each)]
        ways = [_length(script, each, known, (*before, name)) for each in inside]
        length = 1 + (sum(ways) / len(ways) if ways else 0)
    known[name] = length
    return length


def _targets(step: Step) -> list[str]:
    """Where each answer leads; a way by theme leads where it does when nothing was heard."""
    if isinstance(step, Choice | Open):
        goes = [option.go or step.go for option in step.options.values()] or [step.go]
    elif isinstance(step, Scale):
        numbers = range(step.lowest, step.highest + 1)
        goes = [next((b.go for b in step.bands if n <= b.up_to), None) or step.go for n in numbers]
    else:
        goes = []
    return [_usual(go) for go in goes]


def _usual(go: Go) -> str:
    return go.otherwise if isinstance(go, ByTheme) else go


def _stays(target: str) -> bool:
    return target != TRACKS and not target.startswith(TRACK_PREFIX)

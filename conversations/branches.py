"""Every place at which a conversation can part, and which of them one answer took.

What the walks and the example conversations have been through is held against this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from conversations.script import ByTheme, Choice, Open, Question, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Go, Script, Step
    from conversations.session import Session
    from conversations.turn import Reply


class Branch(NamedTuple):
    """`kind` is option, band, theme, otherwise or probe; `name` says which of them."""

    step: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.step}: {self.kind} {self.name}"


def branches(script: Script) -> frozenset[Branch]:
    """Every branch of this conversation."""
    return frozenset(
        branch
        for name, step in script.steps.items()
        for branch in _of_step(f"{script.id}.{name}", step)
    )


def taken(step: Step, before: Session, reply: Reply, after: Session) -> frozenset[Branch]:
    """The branches that this answer to the step took; none for an answer that was not taken in."""
    at = f"{before.at.script}.{before.at.step}"
    if not isinstance(step, Question) or after.turn == before.turn:
        return frozenset()
    if after.at == before.at and after.probes > before.probes:
        return frozenset({Branch(at, "probe", str(after.probes))})
    found = set()
    go: Go = step.go
    if isinstance(step, Choice | Open) and reply.pressed in step.options:
        found.add(Branch(at, "option", reply.pressed))
        go = step.options[reply.pressed].go or go
    band = _band(step, reply)
    if band is not None:
        found.add(Branch(at, "band", str(step_bands(step)[band])))
        go = _band_go(step, band) or go
    if isinstance(go, ByTheme):
        heard = {*before.themes, *after.heard}
        theme = next((each for each in go.by_theme if each in heard), None)
        found.add(Branch(at, "theme", theme) if theme else Branch(at, "otherwise", ""))
    return frozenset(found)


def step_bands(step: Step) -> tuple[int, ...]:
    """Where the bands of a scale end."""
    return tuple(band.up_to for band in step.bands) if isinstance(step, Scale) else ()


def _of_step(at: str, step: Step) -> Iterator[Branch]:
    if isinstance(step, Choice | Open):
        for name, option in step.options.items():
            yield Branch(at, "option", name)
            yield from _of_go(at, option.go)
    if isinstance(step, Scale):
        for band in step.bands:
            yield Branch(at, "band", str(band.up_to))
            yield from _of_go(at, band.go)
    if isinstance(step, Open):
        for number, _ in enumerate(step.probes, start=1):
            yield Branch(at, "probe", str(number))
    if isinstance(step, Question):
        yield from _of_go(at, step.go)


def _of_go(at: str, go: Go | None) -> Iterator[Branch]:
    if isinstance(go, ByTheme):
        for theme in go.by_theme:
            yield Branch(at, "theme", theme)
        yield Branch(at, "otherwise", "")


def _band(step: Step, reply: Reply) -> int | None:
    if not isinstance(step, Scale) or reply.pressed is None or not reply.pressed.isdecimal():
        return None
    number = int(reply.pressed)
    return next((i for i, up_to in enumerate(step_bands(step)) if number <= up_to), None)


def _band_go(step: Step, place: int) -> Go | None:
    return step.bands[place].go if isinstance(step, Scale) else None

"""From the values of a page to the authored classes, and from each misfit to a problem in words.

Steps are taken one by one, so that a mistake in one hides nothing in another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from conversations.misfits import problems_of
from conversations.script import (
    Choice,
    Close,
    Frame,
    FrameStep,
    Open,
    Promise,
    Scale,
    Script,
    Step,
    Summary,
    Tracks,
    TrackStep,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from conversations.page import Page, Trail
    from conversations.problem import Problem

T = TypeVar("T")

KINDS: Final[dict[str, type[Step]]] = {
    "choice": Choice,
    "scale": Scale,
    "open": Open,
    "close": Close,
    "promise": Promise,
    "tracks": Tracks,
    "summary": Summary,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A script or the frame as far as it could be read.

    `value` is None when something in it is not in order; `steps` holds the steps that are.
    """

    page: Page
    is_frame: bool
    value: Script | Frame | None = None
    steps: Mapping[str, Step] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str | None:
        """The id that the writer gave, also when the rest is not in order."""
        value = self.page.top.get("id")
        return value if isinstance(value, str) else None

    @property
    def written(self) -> Mapping[str, Mapping[str, object]]:
        """Every step that is a mapping, as it was written, in order or not."""
        steps = self.page.top.get("steps")
        if not isinstance(steps, dict):
            return {}
        return {name: step for name, step in steps.items() if isinstance(step, dict)}

    def slots(self, *kinds: str) -> dict[str, str]:
        """The slots of the steps of these kinds (of all, if none is given), each with its step."""
        return {
            slot: name
            for name, step in self.written.items()
            if isinstance(slot := step.get("slot"), str)
            and (not kinds or step.get("kind") in kinds)
        }


def draft(page: Page, *, frame: bool) -> Draft:
    """The script of this page, or the frame that stands around all of them."""
    if page.value is None:
        return Draft(page, frame)
    model: type[Script | Frame] = Frame if frame else Script
    written = page.top.get("steps")
    steps: dict[str, Step] = {}
    found: list[Problem] = []
    if isinstance(written, dict):
        for name, value in written.items():
            step, problems = _step(page, name, value, frame=frame)
            found += problems
            if step is not None:
                steps[name] = step
    value = {**page.top, "steps": steps} if isinstance(written, dict) else page.top
    whole, problems = fit(page, model, value)
    complete = whole if not found else None
    return Draft(page, frame, complete, steps, (*found, *problems))


def fit(
    page: Page, sort: type[T], value: object, at: Trail = ()
) -> tuple[T | None, tuple[Problem, ...]]:
    """The value as one of this sort, or None and every reason why it is not."""
    adapter: TypeAdapter[T] = _adapter(cast("Hashable", sort))
    try:
        return adapter.validate_python(value), ()
    except ValidationError as error:
        return None, problems_of(page, error, sort, at)


def _step(
    page: Page, name: str, value: object, *, frame: bool
) -> tuple[Step | None, tuple[Problem, ...]]:
    adapter: TypeAdapter[Step] = _adapter(FrameStep if frame else TrackStep)
    try:
        return adapter.validate_python(value), ()
    except ValidationError as error:
        kind = value.get("kind") if isinstance(value, dict) else None
        sort = KINDS.get(kind, Choice) if isinstance(kind, str) else Choice
        return None, problems_of(page, error, sort, ("steps", name))


@cache
def _adapter(sort: Any) -> TypeAdapter[Any]:
    return TypeAdapter(sort)

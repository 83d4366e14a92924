"""What a conversation keeps and says again: slots, the lines of a summary, numbers in a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from conversations.checks.graph import items, leads, reached, starts, ways
from conversations.checks.texts import sayings
from conversations.misfits import meant
from conversations.script import Close
from conversations.shelf import PHRASES
from conversations.wording import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.checks.texts import Saying
    from conversations.problem import Problem
    from conversations.shape import Draft
    from conversations.shelf import Shelf


def problems(shelf: Shelf) -> Iterator[Problem]:
    """Of the frame and of every track."""
    of_frame = shelf.frame.slots("scale")
    for draft in shelf.scripts:
        yield from _shared(draft)
        yield from _summaries(draft)
        numbers = _Numbers(draft, draft.slots("scale"), of_frame)
        for saying in sayings(draft.page):
            yield from _languages(saying)
            yield from numbers.problems(saying)
    for saying in sayings(shelf.pages[PHRASES]):
        yield from _languages(saying)


def _shared(draft: Draft) -> Iterator[Problem]:
    """Steps on different branches may fill one slot, so that one line of a summary shows either."""
    leads_to = leads(draft, ways(draft))
    for (one, first), (other, second) in combinations(draft.written.items(), 2):
        slot = second.get("slot")
        if not isinstance(slot, str) or first.get("slot") != slot:
            continue
        trail = ("steps", other, "slot")
        if other in reached(leads_to, leads_to[one]) or one in reached(leads_to, leads_to[other]):
            what = f"step {one} fills the slot `{slot}` too, and one talk can meet both steps"
            remedy = "Give this step a slot of its own; one answer would erase the other."
            yield draft.page.problem(trail, "L211", what, remedy)
        labels = dict(items(first.get("options")))
        for name, option in items(second.get("options")):
            if name in labels and labels[name].get("label") != option.get("label"):
                what = f"the option `{name}` has another label in step {one}, with the same slot"
                remedy = "Give one of the two options another name; the summary shows the label."
                yield draft.page.problem(("steps", other, "options", name), "L211", what, remedy)


def _summaries(draft: Draft) -> Iterator[Problem]:
    known, numbers = draft.slots(), draft.slots("scale")
    for name, step in draft.steps.items():
        for place, line in enumerate(step.summary if isinstance(step, Close) else ()):
            trail = ("steps", name, "summary", place, "slot")
            if line.slot not in known:
                guess = meant(line.slot, known)
                remedy = f"Did you mean `{guess}`?" if guess else "Name the slot of a step."
                what = f"no step has the slot `{line.slot}`"
                yield draft.page.problem(trail, "L212", what, remedy)
            elif line.slot in numbers:
                what = f"the slot `{line.slot}` holds a number, not words"
                remedy = "Delete the line, or name the slot of a choice or an open question."
                yield draft.page.problem(trail, "L212", what, remedy)


def _languages(saying: Saying) -> Iterator[Problem]:
    found = [sorted(PLACEHOLDER.findall(words)) for words in saying.words.values()]
    if any(each != found[0] for each in found):
        what = "the two languages do not have the same {numbers} in them"
        remedy = "Write the same {…} in both."
        yield saying.problem(None, "L217", what, remedy)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers that the texts of one script may speak of."""

    draft: Draft
    own: Mapping[str, str]
    of_frame: Mapping[str, str]

    def problems(self, saying: Saying) -> Iterator[Problem]:
        known = {*self.own, *self.of_frame}
        for language, words in saying.words.items():
            rest = PLACEHOLDER.sub("", words)
            if "{" in rest or "}" in rest:
                what = "there is a { or } that belongs to no number"
                yield saying.problem(language, "L216", what, "Write {slot} or {slot-2}.")
            for slot in dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(words)):
                if slot not in known:
                    guess = meant(slot, known)
                    remedy = f"Did you mean {{{guess}}}?" if guess else "Name the slot of a scale."
                    what = f"no scale has the slot `{slot}`"
                    yield saying.problem(language, "L216", what, remedy)
                elif not self._given(saying, slot):
                    what = f"the number {{{slot}}} may be missing here"
                    remedy = "Move it to a `say:`, which is left out when there is no number."
                    yield saying.problem(language, "L218", what, remedy)

    def _given(self, saying: Saying, slot: str) -> bool:
        """Whether the text can be said: a bubble is left out without its number, others are not."""
        if saying.role == "bubble":
            return True
        return saying.role == "question" and saying.step not in self._without(slot)

    def _without(self, slot: str) -> set[str]:
        """The steps at which somebody may arrive without having given this number."""
        scale = self.own.get(slot)
        others = (way for way in ways(self.draft) if not (way.numbered and way.source == scale))
        return reached(leads(self.draft, others), starts(self.draft).values())

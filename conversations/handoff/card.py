"""The card: which lines there are, what may stand on them beforehand, and how a coach will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.cases import PARTS, Card, CardLine
from conversations.handoff.identifying import hints
from conversations.handoff.unfilled import may_stand
from conversations.script import Choice, Open
from conversations.turn import SheetLine
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conversations.cases import Part
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session

FIRST: tuple[Part, ...] = ("question", "why_now", "tried", "after")
"""The lines that everybody is asked for, one by one; the others wait to be chosen."""


def prefilled(scripts: Scripts, session: Session) -> dict[Part, str]:
    """The person's own answers that may stand on the card until they say otherwise.

    Only from the slots that `coach.yaml` names; never a theme, or what a card for help was shown
    for, and nothing that `unfilled` hears something in. One line is the bot's: that work need not hear of it.
    """
    found: dict[Part, str] = {}
    for part in PARTS:
        answers = (_words(scripts, session, slot) for slot in scripts.coach.slots.get(part, ()))
        words = next((each for each in answers if each), None)
        if words is not None and may_stand(scripts, session.language, words):
            found[part] = words
    found["not_for_employer"] = scripts.coach.not_for_employer.to(session.language)
    return found


def scores(scripts: Scripts, session: Session) -> str | None:
    """The two numbers of the last conversation as a line; None when one of them is missing."""
    frame = scripts.frame.id
    numbers = [session.slots.get(f"{frame}.{name}") for name in ("clarity_before", "clarity_after")]
    given = [each.number for each in numbers if each is not None and each.number is not None]
    if len(given) != len(numbers):
        return None
    return filled(scripts.coach.scores, session.language, before=given[0], after=given[1])


def card(lines: Mapping[Part, str]) -> Card:
    """In the order of a card, without what is empty."""
    return Card(tuple(CardLine(part, lines[part]) for part in PARTS if lines.get(part, "").strip()))


def shown(scripts: Scripts, language: Language, card: Card) -> list[SheetLine]:
    """Each line under its name, as the coach sees it."""
    parts = scripts.coach.parts
    return [SheetLine(parts[line.part].label.to(language), line.words) for line in card.lines]


def warnings(scripts: Scripts, language: Language, texts: Iterable[str]) -> Sequence[str]:
    """One sentence about what may tell who it is, or none."""
    found = dict.fromkeys(hint for text in texts for hint in hints(text))
    if not found:
        return ()
    kinds = ", ".join(scripts.coach.hints[each].to(language) for each in found)
    return (filled(scripts.coach.hint, language, kinds=kinds),)


def _words(scripts: Scripts, session: Session, key: str) -> str | None:
    """What a slot holds, a chosen option as its label."""
    answer = session.slots.get(key)
    if answer is None or answer.words:
        return answer.words if answer else None
    name, _, slot = key.partition(".")
    script = scripts.tracks.get(name)
    for step in script.steps.values() if script is not None else ():
        if not isinstance(step, Choice | Open) or step.slot != slot or answer.option is None:
            continue
        if answer.option in step.options:
            return step.options[answer.option].label.to(session.language)
    return None

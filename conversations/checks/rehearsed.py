"""Conversations walked through by the throw of a die: what no look at the file alone can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from conversations import dialogue
from conversations.asking import open_step
from conversations.branches import branches
from conversations.mention import ENOUGH, SHAME, UNCLEAR
from conversations.phrasing import normal, says
from conversations.rehearsal import WEEK, walk
from conversations.script import LANGUAGES, Offer
from conversations.turn import Reply
from conversations.variants import said_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.branches import Branch
    from conversations.page import Page
    from conversations.problem import Problem
    from conversations.rehearsal import Walk
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.shelf import Shelf

WALKS: Final = 8
"""Whole talks per conversation; the tests take a thousand."""

EXITS: Final = frozenset({"stop", "help"})
MOST: Final = 400
"""Walks after which a branch that nobody took is taken by nobody."""


def problems(shelf: Shelf, scripts: Scripts) -> Iterator[Problem]:
    """Of every conversation that is offered."""
    pages = {draft.id: draft.page for draft in shelf.tracks}
    for name in scripts.tracks:
        page = pages[name]
        walks = [_walk(scripts, name, number) for number in range(WALKS)]
        found = [each for taken in walks for each in _of_walk(page, shelf, scripts, taken)]
        yield from dict.fromkeys(found)
        yield from _danger(page, scripts, walks)
        for branch in sorted(branches(scripts.tracks[name]) - walked(scripts, name)):
            step = branch.step.partition(".")[2]
            what = f"no walk takes this way: {branch.kind} {branch.name}".rstrip()
            remedy = "Is its theme heard? Does another one, higher up, always come first?"
            yield page.problem(("steps", step), "L503", what, remedy)


def walked(scripts: Scripts, name: str) -> frozenset[Branch]:
    """The branches of this conversation that walks take, looking for those that none took yet."""
    every = branches(scripts.tracks[name])
    met: frozenset[Branch] = frozenset()
    for number in range(MOST):
        if every <= met:
            break
        language = LANGUAGES[number % len(LANGUAGES)]
        met |= walk(scripts, name, f"{number:08x}", language, seeking=met).met
    return met & every


def _walk(scripts: Scripts, name: str, number: int) -> Walk:
    """The first ones type nothing."""
    language = LANGUAGES[number % len(LANGUAGES)]
    return walk(scripts, name, f"{number:08x}", language, typing=number >= WALKS // 2)


def _of_walk(page: Page, shelf: Shelf, scripts: Scripts, taken: Walk) -> Iterator[Problem]:
    if not taken.ended:
        step = taken.spots[-1].step
        what = f"a talk by {'buttons and typing' if taken.typing else 'buttons only'} has no end"
        yield page.problem(("steps", step), "L501", what, "Look for steps that lead to each other.")
    for turn, session in zip(taken.turns, taken.sessions, strict=True):
        asked = turn.prompt
        names = {each.name for each in (*asked.controls, *asked.options)} if asked else EXITS
        if not names >= EXITS:
            what = "a question has no Stop or no Help now under it"
            yield page.problem(("steps", session.at.step), "L502", what, "Tell a developer.")
    yield from _repeated(page, scripts, taken)
    yield from _offers(shelf, scripts, taken)


def _repeated(page: Page, scripts: Scripts, taken: Walk) -> Iterator[Problem]:
    """A variant that comes again while another one of the same text was not said yet."""
    heard: dict[tuple[str, str, int], list[str]] = {}
    for before, turn, session in zip(
        (None, *taken.sessions[:-1]), taken.turns, taken.sessions, strict=True
    ):
        if before is not None and before.at == session.at:
            continue
        for place, variants in said_at(scripts, session):
            said = [text for text in variants if text in turn.says]
            asked = [text for text in variants if turn.prompt and text == turn.prompt.ask]
            for text in (said or asked)[:1]:
                earlier = heard.setdefault((session.at.script, session.at.step, place), [])
                if text in earlier[-(len(variants) - 1) :] and len(set(earlier)) < len(variants):
                    what = f"a variant of step {session.at.step} comes twice while others wait"
                    trail = ("steps", session.at.step)
                    yield page.problem(trail, "L504", what, "Tell a developer.")
                earlier.append(text)


def _offers(shelf: Shelf, scripts: Scripts, taken: Walk) -> Iterator[Problem]:
    """The coach is named only where the rule holds: told here once more, from what was typed."""
    shown = 0
    for number, session in enumerate(taken.sessions):
        step = open_step(scripts, session) if taken.turns[number].prompt else None
        if not isinstance(step, Offer) or taken.sessions[number - 1].at == session.at:
            continue
        shown += 1
        typed = [reply.said for reply in taken.replies[:number] if reply.said]
        signs = _signs(step, typed, session)
        last = taken.replies[number - 1].said if number else None
        ashamed = last and SHAME in scripts.lexicon.heard(last, session.language)
        if shown > 1 or ashamed or not ("asked" in signs or len(signs) >= ENOUGH):
            what = "the coach is named where the rule does not hold"
            trail = ("steps", session.at.step)
            page = shelf.frame.page
            yield page.problem(trail, "L505", what, "Tell a developer: mention.py has the rule.")


def _signs(offer: Offer, typed: list[str], session: Session) -> set[str]:
    texts = [normal(words) for words in typed]
    found: set[str] = {
        name
        for name, sign in offer.signs.items()
        if any(says(cue, text) for cue in sign.of(session.language).words for text in texts)
    }
    clarity = session.slots.get(f"frame.{offer.clarity}")
    if clarity is not None and clarity.number is not None and clarity.number <= UNCLEAR:
        found.add("unclear")
    return found


def _danger(page: Page, scripts: Scripts, walks: list[Walk]) -> Iterator[Problem]:
    """Words that point to danger bring the help card at every question of the conversation."""
    met: Mapping[str, Session] = {
        session.at.step: session
        for taken in walks
        for session in taken.sessions
        if session.at.script == taken.spots[0].script
    }
    for step, session in met.items():
        grammar = scripts.safety.nl if session.language == "nl" else scripts.safety.en
        for words in grammar.hits.get("L2", ())[:1]:
            turn = dialogue.take(scripts, session, Reply(week=WEEK, seed=session.id, said=words))
            if turn.session is None or turn.session.paused is None:
                what = "words that point to danger bring no help card here"
                yield page.problem(("steps", step), "L506", what, "Tell a developer, at once.")

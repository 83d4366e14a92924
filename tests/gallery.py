"""`python -m tests.gallery OUT.html [--width 360] [--text 130]`: all that people can be shown, on one page."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.slack import hometab, render, window
from conversations import library
from conversations.organisation import Organisation
from conversations.turn import Sheet, SheetLine, Turn
from tests.support import blockkit_html, cards_html
from tests.support.coachturns import coach_turns
from tests.support.every_home import every_home
from tests.support.every_turn import every_turn
from tests.support.gallery import Exhibit, page
from tests.support.reception import a_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Language
    from conversations.scripts import Scripts

LONG = "Een heel lang antwoord zonder veel punten erin, dat maar doorgaat en doorgaat. " * 12
ODD: dict[Language, tuple[str, str, str]] = {
    "nl": ("In jouw woorden", "Wat je zei", "Dit zei je."),
    "en": ("In your words", "What you said", "This is what you said."),
}
WORDS = {
    "long words": LONG,
    "one endless word": "arbeidsongeschiktheidsverzekeringsmaatschappij" * 8,
    "an emoji and nothing else": "😶‍🌫️",
    "several lines": "een\n\ntwee\n  drie",
}


def slack(scripts: Scripts) -> Iterator[Exhibit]:
    """Every Home, and every turn as a message and a window."""
    turns = [*every_turn(scripts), *_odd_words()]
    for name, turn in every_home(scripts):
        yield Exhibit("Slack: Home", name, blockkit_html.view(hometab.view(turn)))
    for kind in ("window", "message"):
        for name, turn in turns:
            subject = f"Slack: {kind} · {name.split()[0]} · {turn.language}"
            if kind == "message":
                shown = render.message(turn, scripts.phrases)
                if shown is not None:
                    yield Exhibit(subject, name, blockkit_html.message(shown))
                continue
            view = window.view(turn, scripts.phrases, held=True)
            if view["blocks"]:
                yield Exhibit(subject, name, blockkit_html.view(view))


def slack_coach(scripts: Scripts) -> Iterator[Exhibit]:
    """What a coach and somebody who asks one are shown: in windows only."""
    for name, turn in coach_turns(scripts):
        view = window.view(turn, scripts.phrases, held=True)
        yield Exhibit(f"Slack: window · coach · {turn.language}", name, blockkit_html.view(view))


def teams(scripts: Scripts) -> Iterator[Exhibit]:
    """Every turn as a card in the chat and as a dialog."""
    yield from cards_html.exhibits([*every_turn(scripts), *_odd_words()], scripts.phrases)
    yield from cards_html.dialogs("coach", coach_turns(scripts), scripts.phrases)


def _odd_words() -> Iterator[tuple[str, Turn]]:
    """Summaries of people who write at length, or as little as can be."""
    for language, (title, label, said) in ODD.items():
        for name, words in WORDS.items():
            sheet = Sheet(title, (SheetLine(label, words),), "Open", "Niet hier.")
            turn = Turn(None, "leave", language, (said,), sheet, a_choice())
            yield f"odd {name} · {language}", turn


def write(out: Path, *, width: int, text: int) -> int:
    """Write the page; how many pictures are on it."""
    scripts = library.load().of(Organisation("example", "bureau", "NL"))
    every = sorted([*slack(scripts), *slack_coach(scripts), *teams(scripts)], key=_subject)
    styles = (blockkit_html.STYLE, cards_html.style())
    shown = page(every, styles, width=width, text=text)
    out.write_text(shown + cards_html.scripts(), encoding="utf-8")
    return shown.count("<figure>")


def _subject(exhibit: Exhibit) -> tuple[str, ...]:
    """So that what is about the same stands beside each other: Slack first, and then Teams."""
    kind, *subject = exhibit.section.split(" · ")
    return (*reversed(subject), kind)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("out", type=Path)
    given.add_argument("--width", type=int, default=620, help="pixels of each picture")
    given.add_argument("--text", type=int, default=100, help="percent")
    options = given.parse_args()
    pictures = write(options.out, width=options.width, text=options.text)
    print(f"{options.out}: {pictures} pictures")


if __name__ == "__main__":
    main()

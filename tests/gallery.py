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
from tests.support.every_turn import every_turn
from tests.support.gallery import Exhibit, page
from tests.support.reception import a_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.scripts import Scripts

LONG = "Een heel lang antwoord zonder veel punten erin, dat maar doorgaat en doorgaat. " * 12
WORDS = {
    "long words": LONG,
    "one endless word": "arbeidsongeschiktheidsverzekeringsmaatschappij" * 8,
    "an emoji and nothing else": "😶‍🌫️",
    "several lines": "een\n\ntwee\n  drie",
}


def slack(scripts: Scripts) -> Iterator[Exhibit]:
    """Every turn as a message, a window and, where it is one, a Home."""
    turns = [*every_turn(scripts), *_odd_words()]
    for name, turn in turns:
        if "lobby" in name:
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


def teams(scripts: Scripts) -> Iterator[Exhibit]:
    """Every turn as a card in the chat and as a dialog."""
    return cards_html.exhibits([*every_turn(scripts), *_odd_words()], scripts.phrases)


def _odd_words() -> Iterator[tuple[str, Turn]]:
    """Summaries of people who write at length, or as little as can be."""
    for name, words in WORDS.items():
        sheet = Sheet("Jouw samenvatting", (SheetLine("Wat je zei", words),), "Open", "Niet hier.")
        yield f"odd {name}", Turn(None, "leave", "nl", ("Dit zei je.",), sheet, a_choice())


def write(out: Path, *, width: int, text: int) -> int:
    """Write the page; how many pictures are on it."""
    scripts = library.load().of(Organisation("example", "bureau", "NL"))
    every = sorted(slack(scripts), key=lambda each: each.section)
    shown = page(every, (blockkit_html.STYLE,), width=width, text=text)
    out.write_text(shown, encoding="utf-8")
    return shown.count("<figure>")


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

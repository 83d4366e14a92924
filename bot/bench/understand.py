"""What it costs to understand a text of sixty words in either language: the price of every typed turn.

A message is one text of each. The floor looks at every word once and knows nothing of it.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.bench.figures import Sheet, show
from bot.bench.single import timed, typical
from conversations import library
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from bot.bench.figures import Figures
    from conversations.script import Language
    from conversations.scripts import Scripts

TIMES: Final = 2_000
ROUNDS: Final = 5
FLOOR: Final = "its words, looked at once"
TEXTS: Final[dict[Language, str]] = {
    "nl": (
        "Nou kijk, mijn leidinggevende vraagt eigenlijk nooit wat ik ervan vind, en dan is er ook nog "
        "de drukte: er komt elke week iets bij en er gaat nooit iets af. Aan het eind van de dag ben "
        "ik leeg en dan zit ik 's avonds weer achter de laptop, terwijl ik eigenlijk gewoon iets nieuws "
        "zou willen leren hier."
    ),
    "en": (
        "Well look, my manager never really asks what I think about things, and then there is the "
        "workload: every week something gets added and nothing ever comes off. At the end of the day "
        "I'm empty and in the evening I'm back behind my laptop, while all I actually want is to learn "
        "something new here, with room for it."
    ),
}
"""One of either language, about four subjects; sixty words, as the limit of a reflection."""


def understand(*, as_json: bool, times: int = TIMES, rounds: int = ROUNDS) -> int:
    """Print what it costs to hear one text, beside looking at its words; the exit status."""
    return show(measure(times, rounds), as_json=as_json)


def measure(times: int, rounds: int) -> Sheet:
    """Rounds of ours and of the floor in turn, over both languages; `median_us` has the parts."""
    scripts = library.load()

    def hear() -> None:
        for language in LANGUAGES:
            scripts.safety.level(TEXTS[language])
            scripts.lexicon.understand(TEXTS[language], language)

    def look() -> None:
        for language in LANGUAGES:
            Counter(TEXTS[language].casefold().split())

    hear()
    name = f"safety and listening, {len(LANGUAGES)} texts"
    runs: dict[str, list[Figures]] = {name: [], FLOOR: []}
    for _ in range(rounds):
        runs[name].append(timed(hear, times))
        runs[FLOOR].append(timed(look, times))
    return Sheet("understand", FLOOR, runs, {"median_us": _parts(scripts, times)})


def _parts(scripts: Scripts, times: int) -> dict[str, dict[str, float]]:
    """Of one text, in microseconds: `safety`, `listening`, and both together as `all`."""
    parts: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        words = TEXTS[language]
        safety = typical(partial(scripts.safety.level, words), times)
        listening = typical(partial(scripts.lexicon.understand, words, language), times)
        both = round(safety + listening, 2)
        parts[language] = {"safety": safety, "listening": listening, "all": both}
    return parts
